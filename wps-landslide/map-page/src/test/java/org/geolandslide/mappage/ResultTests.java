package org.geolandslide.mappage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** A page that shows a result, against recorded answers; no test changes it for another. */
class ResultTests {
    @TempDir
    static Path downloads;

    private static MapPage page;
    private static Browser browser;
    private static RecordedServer server;

    @BeforeAll
    static void run() throws IOException {
        page = MapPage.start(downloads);
        browser = page.browser();
        server = page.server();
        server.job("succeeded.xml");
        page.begin();
        browser.seen("results");
        browser.seen("list");
    }

    @AfterAll
    static void stop() {
        if (page != null) {
            page.close();
        }
    }

    @BeforeEach
    void forget() {
        server.reset();
        browser.forgetDownloads();
    }

    @Test
    void showsAreaAndProbabilityOfThePolygonThatIsClicked() {
        WebElement map = browser.one("#map");
        browser.click(browser.all("#rows button").get(0));
        browser.click(browser.one("#info button"));
        browser.awaitGone("info");

        browser.clickAt(map, map.getSize().width / 2, map.getSize().height / 2);

        browser.awaitText("info", "Probability here99.1 %");
        assertThat(browser.text("info"))
                .contains("Area34.31 ha", "Perimeter2,164 m", "Mean probability87.3 %", "Highest probability99.1 %");
        browser.picture("clicked");

        browser.clickAt(map, map.getSize().width / 2, map.getSize().height - 60);

        browser.awaitText("info", "No landslide here");
        assertThat(browser.text("info")).contains("Probability here2.4 %");
    }

    @Test
    void listsTheLandslidesFromTheLargestOn() {
        browser.seen("list");
        List<String> rows = browser.all("#rows tr").stream()
                .map(row -> row.getDomProperty("textContent"))
                .toList();
        assertThat(rows).containsExactly("No. 134.31 ha87.3 %", "No. 211.56 ha71.2 %", "No. 37,854 m²56.1 %");

        browser.click(browser.all("#rows button").get(1));

        browser.awaitText("info", "11.56 ha");
    }

    @Test
    void hidesAndFadesLayers() {
        WebElement probability = browser.one("#result-probability");
        assertThat(probability.isSelected()).as("under the mask").isFalse();

        browser.click(probability);

        browser.until("the probability is not drawn", () -> server.requests().stream()
                .filter(request -> request.contains("GetMap") && request.contains("LAYERS=landslide:run_probability"))
                .findFirst());
        WebElement opacity = browser.one("#result-mask-opacity");
        opacity.sendKeys(Keys.HOME);
        assertThat(opacity.getDomAttribute("aria-valuetext")).isEqualTo("0 %");
    }

    @Test
    void downloadsEveryLayer() {
        browser.click(browser.one("li[data-product=mask] .downloads a"));
        browser.click(browser.one("li[data-product=polygons] .downloads a"));

        assertThat(browser.downloaded("run.tif", StandardCharsets.UTF_8)).isEqualTo("II*, a GeoTIFF");
        assertThat(browser.downloaded("run_polygons.gpkg", StandardCharsets.UTF_8))
                .isEqualTo("SQLite format 3, from WFS");
        assertThat(server.requests())
                .anyMatch(request -> request.contains("GetCoverage") && request.contains("coverageId=landslide__run&"));
    }

    @Test
    void takesTheGeoPackageFromRestWhereWfsWritesNone() {
        server.writesGeoPackages(false);
        browser.click(browser.one("li[data-product=polygons] .downloads a"));

        assertThat(browser.downloaded("run_polygons.gpkg", StandardCharsets.UTF_8))
                .isEqualTo("SQLite format 3, from REST");
    }

    @Test
    void asksNothingOfAnyOtherServer() {
        Object outside = browser.script("return performance.getEntriesByType('resource').map(entry => entry.name)"
                + ".filter(name => !name.startsWith(location.origin) && !name.startsWith('data:'))");
        assertThat((List<?>) outside).isEmpty();
        assertThat(browser.console()).isEmpty();
    }

    @Test
    void namesEveryControl() {
        List<String> nameless = browser.until(
                "the page does not come to rest",
                () -> Optional.of(browser.all("input, select, textarea, button, a, progress").stream()
                        .filter(WebElement::isDisplayed)
                        .filter(control -> control.getAccessibleName().isBlank())
                        .map(control -> control.getDomProperty("outerHTML"))
                        .toList()));

        assertThat(nameless).isEmpty();
    }
}
