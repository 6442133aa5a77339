package org.geolandslide.mappage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * The page on a GeoServer that serves it, where the system property {@code landslide.server} gives its address, such as {@code
 * http://localhost:8080/geoserver}; {@code landslide.server.user}, {@code .password}, {@code .layer} and {@code .dem} say who signs in and what is
 * mapped. The results {@code map-page-test}, {@code map-page-test_probability} and {@code map-page-test_polygons} stay there and are replaced the
 * next time.
 */
class RealServerTests {
    private static final String ADDRESS = System.getProperty("landslide.server", "");
    private static final String USER = System.getProperty("landslide.server.user", "admin");
    private static final String PASSWORD = System.getProperty("landslide.server.password", "geoserver");
    private static final String LAYER = System.getProperty("landslide.server.layer", "landslide:optical");
    private static final String DEM = System.getProperty("landslide.server.dem", "landslide:dem");
    private static final String RESULT = "map-page-test";

    @TempDir
    static Path downloads;

    private static Browser browser;

    @BeforeAll
    static void start() {
        if (ADDRESS.isEmpty()) {
            System.err.println("SKIPPED, for -Dlandslide.server names no GeoServer: the map page is tested against"
                    + " recorded answers alone");
        }
        assumeTrue(!ADDRESS.isEmpty(), "no GeoServer is named");
        browser = Browser.start(downloads);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void mapsALayerAndShowsTheResult() {
        open();
        browser.click("run");
        signIn();
        browser.seen("list");
        String workspace = LAYER.substring(0, LAYER.indexOf(':'));
        assertThat(browser.all("#layers li").stream()
                        .map(entry -> entry.getDomAttribute("data-layer"))
                        .toList())
                .containsExactly(
                        workspace + ":" + RESULT,
                        workspace + ":" + RESULT + "_probability",
                        workspace + ":" + RESULT + "_polygons");
        for (WebElement legend : browser.all("#layers .legend")) {
            browser.until(
                    "there is no legend", () -> legend.findElements(org.openqa.selenium.By.tagName("img")).stream()
                            .findFirst());
        }
        browser.picture("real-result");

        WebElement first = browser.one("#rows button");
        browser.click(first);
        browser.awaitText("info", "Highest probability");
        browser.picture("real-landslide");
        clickOnALandslide();
        browser.awaitText("info", "Highest probability");
        browser.awaitText("info", "Probability here");
        browser.click(browser.one("li[data-product=mask] .downloads a"));
        assertThat(browser.downloaded(RESULT + ".tif", StandardCharsets.ISO_8859_1))
                .matches("(?s)(II|MM).*");
        browser.click(browser.one("li[data-product=polygons] .downloads a"));
        assertThat(browser.downloaded(RESULT + "_polygons.gpkg", StandardCharsets.ISO_8859_1))
                .startsWith("SQLite format 3");
        assertThat(browser.console()).isEmpty();
    }

    @Test
    void saysWhyItFailedInTheServersWords() {
        open();
        browser.type("workspace", "there-is-none");
        browser.click("run");
        signIn();

        browser.seen("error");

        assertThat(browser.text("error-text"))
                .isEqualTo("workspace is 'there-is-none', expected the name of a workspace that you administer");
    }

    @Test
    void cancels() {
        open();
        browser.click(browser.one("#augment"));
        browser.type("name", RESULT + "-cancelled");
        browser.click("run");
        signIn();
        browser.awaitText("progress-text", "Window");

        browser.click("cancel");

        browser.awaitText("announcer", "Cancelled.");
        browser.picture("real-cancelled");
    }

    private static void open() {
        browser.open(ADDRESS + "/www/landslide/index.html", 1280, 860);
        browser.choose("layer", LAYER);
        browser.awaitText("layer-facts", "pixels");
        browser.until(
                "no model is chosen", () -> Optional.of(browser.value("model")).filter(name -> !name.isEmpty()));
        if (browser.one("#dem-row").isDisplayed()) {
            browser.choose("dem", DEM);
        }
        browser.type("name", RESULT);
        browser.click("replace");
    }

    private static void signIn() {
        browser.type("sign-in-user", USER);
        browser.seen("sign-in-password").sendKeys(PASSWORD + Keys.ENTER);
        browser.awaitGone("sign-in-dialog");
    }

    /** Clicks in the middle of the largest landslides, which the list moves to the middle of the map, until one is no crescent. */
    private static void clickOnALandslide() {
        WebElement map = browser.one("#map");
        for (WebElement row : browser.all("#rows button")) {
            browser.click(row);
            browser.click(browser.one("#info button"));
            browser.awaitGone("info");
            browser.clickAt(map, map.getSize().width / 2, map.getSize().height / 2);
            browser.awaitText("info", "Probability here");
            if (browser.text("info").contains("Area")) {
                return;
            }
        }
        throw new AssertionError("no landslide was hit");
    }
}
