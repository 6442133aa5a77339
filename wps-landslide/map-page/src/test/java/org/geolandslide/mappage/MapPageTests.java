package org.geolandslide.mappage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page in a browser, against recorded answers. */
class MapPageTests {
    private static final String PRODUCTS = "mask,probability,polygons";

    @TempDir
    static Path downloads;

    private static Browser browser;
    private static RecordedServer server;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start(downloads);
        server = new RecordedServer();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
            server.close();
        }
    }

    @BeforeEach
    void forget() {
        server.reset();
        browser.forgetDownloads();
    }

    @Test
    void listsTheRasterLayersAndTheModelsAndSaysWhatIsChosen() {
        open();

        browser.choose("layer", "landslide:optical");

        browser.awaitText("layer-facts", "4,000 × 3,000 pixels, 3 bands.");
        assertThat(browser.value("model")).isEqualTo("rmau-net-optical");
        assertThat(browser.text("layer"))
                .contains("Jiuzhaigou, RGB (landslide:optical)")
                .doesNotContain("Rivers");
        assertThat(browser.value("workspace")).isEqualTo("landslide");
        assertThat(browser.one("#dem-row").isDisplayed()).isFalse();
        browser.until("the imagery is not drawn", () -> server.requests().stream()
                .filter(request -> request.contains("GetMap") && request.contains("landslide:optical"))
                .findFirst());
        browser.picture("start");
    }

    @Test
    void asksForElevationsWhereTheModelWantsThemAndProposesALayer() {
        open();
        browser.choose("layer", "landslide:optical");

        browser.choose("model", "fusion-optical-dem");

        assertThat(browser.seen("dem").getDomProperty("value")).isEqualTo("landslide:dem");
        assertThat(browser.one("#attention-row").isDisplayed()).isTrue();
    }

    @Test
    void mapsARegionThatWasDrawnAndShowsTheResult() {
        open();
        browser.choose("layer", "landslide:optical");
        browser.awaitText("layer-facts", "pixels");
        drawRectangle();
        browser.type("name", "run");
        browser.type("threshold", "0.4");

        browser.click("run");
        signIn(RecordedServer.USER, RecordedServer.PASSWORD);

        browser.awaitText("progress-text", "Window 144 of 484, about 12 s left · 29 %");
        browser.picture("progress");
        browser.seen("results");
        assertThat(browser.focus()).isEqualTo("results-title");
        assertThat(browser.text("summary"))
                .isEqualTo("3 landslides, 46.65 ha in all. 97 % of the pixels had data and lay in the region."
                        + " Model rmau-net-optical, threshold 0.5, 31.4 s.");
        Map<String, String> inputs = server.inputsOf("landslide:SegmentLayer");
        assertThat(inputs)
                .containsEntry("layer", "landslide:optical")
                .containsEntry("model", "rmau-net-optical")
                .containsEntry("threshold", "0.4")
                .containsEntry("minArea", "100")
                .containsEntry("products", PRODUCTS)
                .containsEntry("workspace", "landslide")
                .containsEntry("name", "run")
                .doesNotContainKeys("demLayer", "replace", "augment");
        assertThat(inputs.get("region"))
                .matches("SRID=3857;POLYGON\\(\\((-?\\d+(\\.\\d+)? -?\\d+(\\.\\d+)?,? ?){5}\\)\\)");
        assertThat(server.requests())
                .filteredOn(request -> request.contains("GetExecutionStatus"))
                .allMatch(request -> request.contains("executionId=" + RecordedServer.JOB));
        for (String layer : List.of("landslide:run", "landslide:run_probability", "landslide:run_polygons")) {
            browser.one("li[data-layer='" + layer + "'] .legend img");
        }
        browser.until("the mask is not drawn", () -> server.requests().stream()
                .filter(request -> request.contains("GetMap") && request.contains("LAYERS=landslide:run&"))
                .findFirst());
        browser.picture("result");
    }

    @Test
    void cancels() {
        server.job("started-29.xml");
        begin();
        browser.awaitText("progress-text", "29 %");

        browser.click("cancel");

        browser.awaitText("announcer", "Cancelled. Nothing was published.");
        assertThat(server.requests())
                .anyMatch(request -> request.contains("request=Dismiss&executionId=" + RecordedServer.JOB));
        assertThat(browser.one("#inputs").isEnabled()).isTrue();
        assertThat(browser.one("#results").isDisplayed()).isFalse();
        assertThat(browser.focus()).isEqualTo("run");
    }

    @Test
    void saysInPlainWordsWhyItFailed() {
        server.job("started-29.xml", "failed.xml");
        begin();

        browser.seen("error");

        assertThat(browser.text("error-text"))
                .isEqualTo("name is 'run' and there is a layer landslide:run already, expected another name or"
                        + " replace=true");
        assertThat(browser.one("#inputs").isEnabled()).isTrue();
        assertThat(browser.focus()).isEqualTo("error");
        browser.picture("failed");
    }

    @Test
    void asksAgainAfterAWrongPassword() {
        open();
        browser.click("sign-in");

        signIn(RecordedServer.USER, "wrong");

        browser.awaitText("sign-in-error", "does not know this name and password");
        browser.picture("sign-in");
        signIn(RecordedServer.USER, RecordedServer.PASSWORD);
        browser.awaitGone("sign-in-dialog");
        assertThat(browser.text("user")).isEqualTo(RecordedServer.USER);
        assertThat(browser.script("return JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"))
                .isEqualTo("[{},{},\"\"]");

        browser.click("sign-out");

        assertThat(browser.text("user")).isEmpty();
    }

    @Test
    void asksWhoItIsWhereNothingIsPublic() {
        server.closedToAnonymous(true);
        open();

        signIn(RecordedServer.USER, RecordedServer.PASSWORD);

        browser.choose("layer", "landslide:optical");
        browser.awaitText("layer-facts", "pixels");
        assertThat(browser.value("model")).isEqualTo("rmau-net-optical");
    }

    @Test
    void runsNothingIfTheUserDoesNotSignIn() {
        open();
        browser.choose("layer", "landslide:optical");

        browser.click("run");
        browser.click("sign-in-cancel");

        browser.awaitGone("sign-in-dialog");
        assertThat(browser.one("#run").isDisplayed()).isTrue();
        assertThat(server.requests()).noneMatch(request -> request.contains("GetExecutionStatus"));
    }

    @Test
    void passesNamesWithMarkupOnAsTheyAre() {
        String layer = "landslide:Täler & \"Grate\" <1>";
        server.models("models-odd.json");
        open();
        browser.choose("layer", layer);
        browser.choose("model", "a<b> & \"c\"");
        browser.type("name", "Grat & Tal <2>");

        browser.click("run");
        signIn(RecordedServer.USER, RecordedServer.PASSWORD);

        browser.seen("results");
        assertThat(server.inputsOf("landslide:SegmentLayer"))
                .containsEntry("layer", layer)
                .containsEntry("model", "a<b> & \"c\"")
                .containsEntry("name", "Grat & Tal <2>");
        assertThat(browser.text("model-facts"))
                .startsWith("Names such as <b> & \"c\" are text. Wants red, green, blue.");
    }

    @Test
    void saysWhatIsMissingBeforeAnythingIsAsked() {
        open();

        browser.click("run");

        browser.awaitText("error-text", "Choose an optical layer.");
        assertThat(browser.focus()).isEqualTo("layer");
        browser.choose("layer", "landslide:optical");
        browser.type("threshold", "1.5");
        browser.click("run");
        browser.awaitText("error-text", "The threshold lies above 0 and below 1.");
        assertThat(browser.focus()).isEqualTo("threshold");
    }

    @Test
    void takesTypedCornersAndRefusesWhatIsNone() {
        open();
        browser.choose("layer", "landslide:optical");
        browser.click(browser.one("#typed summary"));

        browser.type("corners", "103.80 33.190\n103.81 33.190\nhere");

        browser.awaitText("region-facts", "Corner 3 is \"here\", expected longitude and latitude");
        browser.type("corners", "103.80 33.190\n103.81 33.190\n103.805 33.200");
        browser.awaitText("region-facts", "A region of 3 corners.");
        assertThat(List.of(
                        browser.value("west"), browser.value("south"), browser.value("east"), browser.value("north")))
                .containsExactly("103.8", "33.19", "103.81", "33.2");

        browser.type("east", "10");

        browser.awaitText("region-facts", "west below east");
    }

    @Test
    void goesOnWithAJobWhenThePageIsOpenedAgain() {
        server.job("started-29.xml");
        begin();
        browser.awaitText("progress-text", "29 %");

        browser.script("location.reload()");
        server.job("started-64.xml", "succeeded.xml");

        browser.awaitText("progress-text", "64 %");
        browser.seen("results");
    }

    @Test
    void worksWithTheKeyboardAlone() {
        open();
        browser.awaitText("layer", "Jiuzhaigou, RGB");
        browser.awaitText("model", "rmau-net-optical");
        browser.press(Keys.TAB);
        assertThat(browser.script("return document.activeElement.textContent")).isEqualTo("Skip to the form");
        browser.press(Keys.ENTER);
        tabTo("layer");
        browser.press("Jiuzhaigou, RGB");
        browser.awaitText("layer-facts", "pixels");
        tabTo("draw-box");
        browser.script("document.querySelector('#typed summary').id = 'typed-summary'");
        tabTo("typed-summary");
        browser.press(Keys.ENTER);
        tabTo("west");
        browser.press("103.80", Keys.TAB, "33.190", Keys.TAB, "103.81", Keys.TAB, "33.200", Keys.TAB);
        browser.awaitText("region-facts", "A region of 4 corners.");
        tabTo("name");
        browser.press("run");
        tabTo("run");
        browser.press(Keys.ENTER);
        browser.seen("sign-in-dialog");
        assertThat(browser.focus()).isEqualTo("sign-in-user");

        browser.press(RecordedServer.USER, Keys.TAB, RecordedServer.PASSWORD, Keys.ENTER);

        browser.awaitGone("sign-in-dialog");
        browser.until("the focus is not on the button that cancels", () -> Optional.of(browser.focus())
                .filter(id -> id.equals("cancel") || id.equals("results-title")));
        browser.seen("results");
        browser.seen("list");
        tabTo("result-mask");
        browser.press(Keys.SPACE);
        assertThat(browser.one("#result-mask").isSelected()).isFalse();
        browser.script("document.querySelector('#rows button').id = 'first-row'");
        tabTo("first-row");
        browser.press(Keys.ENTER);
        browser.awaitText("info", "34.31 ha");
        assertThat(server.inputsOf("landslide:SegmentLayer").get("name")).isEqualTo("run");
    }

    @Test
    void fitsAPhone() {
        browser.open(server.page(), 360, 740);
        browser.choose("layer", "landslide:optical");
        browser.awaitText("layer-facts", "pixels");
        assertFits("the form");
        browser.picture("phone-start");
        browser.click(browser.one("#typed summary"));
        browser.type("corners", "103.80 33.190\n103.81 33.190\n103.805 33.200");
        assertFits("typed coordinates");
        browser.type("name", "run");
        browser.picture("phone-form");
        browser.click("run");
        browser.seen("sign-in-dialog");
        assertFits("the dialog");
        browser.picture("phone-sign-in");
        signIn(RecordedServer.USER, RecordedServer.PASSWORD);
        browser.seen("list");
        assertFits("the result");
        browser.picture("phone-result");
        browser.click(browser.all("#rows button").get(0));
        browser.awaitText("info", "34.31 ha");
        assertFits("a landslide");
        browser.script("document.documentElement.style.scrollBehavior = 'auto'; window.scrollTo(0, 0)");
        browser.picture("phone-landslide");
    }

    /** A page that shows a result, which no test changes for another. */
    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class Result {
        @BeforeAll
        void run() {
            server.reset();
            server.job("succeeded.xml");
            begin();
            browser.seen("results");
            browser.seen("list");
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
                    .contains(
                            "Area34.31 ha", "Perimeter2,164 m", "Mean probability87.3 %", "Highest probability99.1 %");
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
                    .filter(request ->
                            request.contains("GetMap") && request.contains("LAYERS=landslide:run_probability"))
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
                    .anyMatch(request ->
                            request.contains("GetCoverage") && request.contains("coverageId=landslide__run&"));
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

    private static void open() {
        browser.open(server.page(), 1280, 860);
    }

    /** Opens the page and begins a run that was signed in for. */
    private static void begin() {
        open();
        browser.choose("layer", "landslide:optical");
        browser.awaitText("layer-facts", "pixels");
        browser.type("name", "run");
        browser.click("run");
        signIn(RecordedServer.USER, RecordedServer.PASSWORD);
    }

    private static void signIn(String user, String password) {
        browser.type("sign-in-user", user);
        WebElement field = browser.seen("sign-in-password");
        field.clear();
        field.sendKeys(password + Keys.ENTER);
    }

    private static void drawRectangle() {
        browser.click("draw-box");
        WebElement map = browser.one("#map");
        browser.clickAt(map, 200, 200);
        browser.clickAt(map, 500, 450);
        browser.awaitText("region-facts", "A region of 4 corners.");
    }

    /** Presses tab until an element has the focus. */
    private static void tabTo(String id) {
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

    private static void assertFits(String what) {
        assertThat((Long) browser.script("return document.documentElement.scrollWidth"))
                .as("width of %s", what)
                .isLessThanOrEqualTo(360);
    }
}
