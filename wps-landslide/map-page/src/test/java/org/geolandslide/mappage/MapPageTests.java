package org.geolandslide.mappage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page in a browser, against recorded answers: from the choice of a layer to the result. */
class MapPageTests {
    private static final String PRODUCTS = "mask,probability,polygons";

    @TempDir
    static Path downloads;

    private static MapPage page;
    private static Browser browser;
    private static RecordedServer server;

    @BeforeAll
    static void start() throws IOException {
        page = MapPage.start(downloads);
        browser = page.browser();
        server = page.server();
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
    void listsTheRasterLayersAndTheModelsAndSaysWhatIsChosen() {
        page.open();

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
    void proposesTheModelThatALayerNamesUntilOneIsChosen() {
        String named = "landslide:Täler & \"Grate\" <1>";
        page.open();
        browser.choose("layer", named);
        assertThat(browser.value("model")).isEqualTo("fusion-optical-dem");
        browser.choose("layer", "landslide:optical");
        assertThat(browser.value("model")).isEqualTo("rmau-net-optical");
        browser.choose("layer", named);

        browser.choose("model", "rmau-net-optical");
        browser.choose("layer", "landslide:optical");
        browser.choose("layer", named);

        assertThat(browser.value("model")).isEqualTo("rmau-net-optical");
    }

    @Test
    void asksForElevationsWhereTheModelWantsThemAndProposesALayer() {
        page.open();
        browser.choose("layer", "landslide:optical");

        browser.choose("model", "fusion-optical-dem");

        assertThat(browser.seen("dem").getDomProperty("value")).isEqualTo("landslide:dem");
        assertThat(browser.one("#attention-row").isDisplayed()).isTrue();
    }

    @Test
    void mapsARegionThatWasDrawnAndShowsTheResult() {
        page.open();
        browser.choose("layer", "landslide:optical");
        browser.awaitText("layer-facts", "pixels");
        page.drawRectangle();
        browser.type("name", "run");
        browser.type("threshold", "0.4");

        browser.click("run");
        page.signIn(RecordedServer.USER, RecordedServer.PASSWORD);

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
        page.begin();
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
        page.begin();

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
        page.open();
        browser.click("sign-in");

        page.signIn(RecordedServer.USER, "wrong");

        browser.awaitText("sign-in-error", "does not know this name and password");
        browser.picture("sign-in");
        page.signIn(RecordedServer.USER, RecordedServer.PASSWORD);
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
        page.open();

        page.signIn(RecordedServer.USER, RecordedServer.PASSWORD);

        browser.choose("layer", "landslide:optical");
        browser.awaitText("layer-facts", "pixels");
        assertThat(browser.value("model")).isEqualTo("rmau-net-optical");
    }

    @Test
    void runsNothingIfTheUserDoesNotSignIn() {
        page.open();
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
        page.open();
        browser.choose("layer", layer);
        browser.choose("model", "a<b> & \"c\"");
        browser.type("name", "Grat & Tal <2>");

        browser.click("run");
        page.signIn(RecordedServer.USER, RecordedServer.PASSWORD);

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
        page.open();

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
        page.open();
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
        page.begin();
        browser.awaitText("progress-text", "29 %");

        browser.script("location.reload()");
        server.job("started-64.xml", "succeeded.xml");

        browser.awaitText("progress-text", "64 %");
        browser.seen("results");
    }

    @Test
    void worksWithTheKeyboardAlone() {
        page.open();
        browser.awaitText("layer", "Jiuzhaigou, RGB");
        browser.awaitText("model", "rmau-net-optical");
        browser.press(Keys.TAB);
        assertThat(browser.script("return document.activeElement.textContent")).isEqualTo("Skip to the form");
        browser.press(Keys.ENTER);
        page.tabTo("layer");
        browser.press("Jiuzhaigou, RGB");
        browser.awaitText("layer-facts", "pixels");
        page.tabTo("draw-box");
        browser.script("document.querySelector('#typed summary').id = 'typed-summary'");
        page.tabTo("typed-summary");
        browser.press(Keys.ENTER);
        page.tabTo("west");
        browser.press("103.80", Keys.TAB, "33.190", Keys.TAB, "103.81", Keys.TAB, "33.200", Keys.TAB);
        browser.awaitText("region-facts", "A region of 4 corners.");
        page.tabTo("name");
        browser.press("run");
        page.tabTo("run");
        browser.press(Keys.ENTER);
        browser.seen("sign-in-dialog");
        assertThat(browser.focus()).isEqualTo("sign-in-user");

        browser.press(RecordedServer.USER, Keys.TAB, RecordedServer.PASSWORD, Keys.ENTER);

        browser.awaitGone("sign-in-dialog");
        browser.until("the focus is not on the button that cancels", () -> Optional.of(browser.focus())
                .filter(id -> id.equals("cancel") || id.equals("results-title")));
        browser.seen("results");
        browser.seen("list");
        page.tabTo("result-mask");
        browser.press(Keys.SPACE);
        assertThat(browser.one("#result-mask").isSelected()).isFalse();
        browser.script("document.querySelector('#rows button').id = 'first-row'");
        page.tabTo("first-row");
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
        page.signIn(RecordedServer.USER, RecordedServer.PASSWORD);
        browser.seen("list");
        assertFits("the result");
        browser.picture("phone-result");
        browser.click(browser.all("#rows button").get(0));
        browser.awaitText("info", "34.31 ha");
        assertFits("a landslide");
        browser.script("document.documentElement.style.scrollBehavior = 'auto'; window.scrollTo(0, 0)");
        browser.picture("phone-landslide");
    }

    private static void assertFits(String what) {
        assertThat((Long) browser.script("return document.documentElement.scrollWidth"))
                .as("width of %s", what)
                .isLessThanOrEqualTo(360);
    }
}
