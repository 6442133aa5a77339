/**
 * The command line that all modules share (exit codes, error messages, progress on the console), and {@code verify}. The
 * other commands live with the module that does the work.
 */
@NullMarked
package org.geolandslide.model.command;

import org.jspecify.annotations.NullMarked;
