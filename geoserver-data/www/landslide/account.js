// Signing in: the user's name and password are asked for where the server wants them.

import { setLayers } from './imagery.js';
import { $, announce } from './page.js';
import * as server from './server.js';

let answerSignIn;

/** Asks for name and password; false if the user does not want to give them. */
export function askToSignIn(reason) {
  if (answerSignIn) {
    // One question at a time; who waits for it gets the same answer.
    const before = answerSignIn;
    return new Promise((resolve) => {
      answerSignIn = (answer) => {
        before(answer);
        resolve(answer);
      };
    });
  }
  $('sign-in-reason').textContent = reason;
  $('sign-in-error').textContent = '';
  $('sign-in-password').value = '';
  $('sign-in-dialog').showModal();
  ($('sign-in-user').value ? $('sign-in-password') : $('sign-in-user')).focus();
  return new Promise((resolve) => {
    answerSignIn = resolve;
  });
}

function closeSignIn(answer) {
  const answering = answerSignIn;
  answerSignIn = undefined;
  $('sign-in-password').value = '';
  if ($('sign-in-dialog').open) {
    $('sign-in-dialog').close();
  }
  showAccount();
  answering?.(answer);
}

function showAccount() {
  const user = server.signedIn();
  $('user').textContent = user ?? '';
  $('sign-in').hidden = Boolean(user);
  $('sign-out').hidden = !user;
}

async function signIn(event) {
  event.preventDefault();
  const user = $('sign-in-user').value;
  const password = $('sign-in-password').value;
  if (!user || !password) {
    $('sign-in-error').textContent = 'Both are needed.';
    return;
  }
  server.setAccount({ user, password });
  try {
    setLayers(await server.rasterLayers({ ask: false }));
    closeSignIn(true);
  } catch (error) {
    server.setAccount(undefined);
    $('sign-in-error').textContent = error.refused ? 'The server does not know this name and password.' : error.message;
    $('sign-in-password').focus();
  }
}

/** Makes the buttons and the dialog work; `signedOut` is called when the user has signed out. */
export function connectAccount(signedOut) {
  server.onRefusal(askToSignIn);
  $('sign-in').addEventListener('click', () => askToSignIn('To make layers, or to see those that are not public.').then(() => $('layer').focus()));
  $('sign-out').addEventListener('click', () => {
    server.setAccount(undefined);
    showAccount();
    announce('Signed out.');
    $('sign-in').focus();
    signedOut();
  });
  $('sign-in-form').addEventListener('submit', signIn);
  $('sign-in-cancel').addEventListener('click', () => closeSignIn(false));
  $('sign-in-dialog').addEventListener('cancel', () => closeSignIn(false));
  showAccount();
}
