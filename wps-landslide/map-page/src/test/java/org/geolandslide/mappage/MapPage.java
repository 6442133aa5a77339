package org.geolandslide.mappage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * The page in a browser, and what users do with it.
 *
 * @param browser shows the page
 * @param server answers with what was recorded
 */
record MapPage(Browser browser, RecordedServer server) implements AutoCloseable {
    /** Starts both; the test is skipped where there is no browser. */
    static MapPage start(Path downloads) throws IOException {
        return new MapPage(Browser.start(downloads), new RecordedServer());
    }

    @Override
    public void close() {
        browser.close();
        server.close();
    }

    void open() {
        browser.open(server.page(), 1280, 860);
    }

    /** Opens the page and begins a run that was signed in for. */
    void begin() {
        open();
        browser.choose("layer", "landslide:optical");
        browser.awaitText("layer-facts", "pixels");
        browser.type("name", "run");
        browser.click("run");
        signIn(RecordedServer.USER, RecordedServer.PASSWORD);
    }

    void signIn(String user, String password) {
        browser.type("sign-in-user", user);
        WebElement field = browser.seen("sign-in-password");
        field.clear();
        field.sendKeys(password + Keys.ENTER);
    }

    void drawRectangle() {
        browser.click("draw-box");
        WebElement map = browser.one("#map");
        browser.clickAt(map, 200, 200);
        browser.clickAt(map, 500, 450);
        browser.awaitText("region-facts", "A region of 4 corners.");
    }

    /** Presses tab until an element has the focus. */
    void tabTo(String id) {
        Set<String> passed = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            if (browser.focus().equals(id)) {
                return;
            }
            browser.press(Keys.TAB);
            passed.add(browser.focus());
        }
        throw new AssertionError("#" + id + " is not reached with the tab key, only " + passed);
    }
}
