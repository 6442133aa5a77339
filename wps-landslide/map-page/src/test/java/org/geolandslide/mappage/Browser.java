package org.geolandslide.mappage;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The system's Chromium without a window, on one page. Elements are named by their ids. */
final class Browser implements AutoCloseable {
    /** Longer than anything takes on a machine that is busy with other things. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Path PICTURES = Path.of("target", "pictures");

    private final ChromeDriver driver;
    private final Path downloads;

    private Browser(ChromeDriver driver, Path downloads) {
        this.driver = driver;
        this.downloads = downloads;
    }

    /**
     * Starts Chromium; where it or its driver is not installed, the test is skipped, loudly. The system properties {@code chromium}
     * and {@code chromedriver} name them elsewhere than in {@code /usr/bin}.
     *
     * @param downloads folder for what is downloaded
     */
    static Browser start(Path downloads) {
        Path chromium = Path.of(System.getProperty("chromium", "/usr/bin/chromium"));
        Path chromeDriver = Path.of(System.getProperty("chromedriver", "/usr/bin/chromedriver"));
        boolean installed = Files.isExecutable(chromium) && Files.isExecutable(chromeDriver);
        if (!installed) {
            System.err.println("SKIPPED, for " + chromium + " and " + chromeDriver
                    + " are not both there: the map page is not tested (Debian: chromium, chromium-driver)");
        }
        assumeTrue(installed, "there is no Chromium with its driver");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--lang=en",
                "--window-size=1280,860");
        options.setExperimentalOption(
                "prefs",
                Map.of("download.default_directory", downloads.toAbsolutePath().toString()));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromeDriver.toFile())
                .build();
        return new Browser(new ChromeDriver(service, options), downloads);
    }

    /** Opens a page anew, on a screen of a size in pixels. */
    void open(String address, int width, int height) {
        driver.get("about:blank");
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
        console();
        driver.get(address);
    }

    /** An element that can be seen, once there is one. */
    WebElement seen(String id) {
        return until("there is no visible #" + id, () -> find(By.id(id)).filter(WebElement::isDisplayed));
    }

    /** Elements of a CSS selector. */
    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** The only element of a CSS selector. */
    WebElement one(String selector) {
        return until("there is no " + selector, () -> find(By.cssSelector(selector)));
    }

    /** Waits until an element's text has some words in it. */
    void awaitText(String id, String words) {
        until("#" + id + " does not say '" + words + "'", () -> find(By.id(id))
                .filter(element -> element.getDomProperty("textContent").contains(words)));
    }

    /** Waits until an element is to be seen no more. */
    void awaitGone(String id) {
        until("#" + id + " is still there", () -> Optional.of(
                        find(By.id(id)).map(element -> !element.isDisplayed()).orElse(true))
                .filter(gone -> gone));
    }

    /** Waits for something. */
    <T> T until(String failure, java.util.function.Supplier<Optional<T>> found) {
        return new WebDriverWait(driver, PATIENCE, Duration.ofMillis(100))
                .ignoring(StaleElementReferenceException.class)
                .withMessage(() -> failure + ", and the page says: " + errorText())
                .until(ignored -> found.get().orElse(null));
    }

    private String errorText() {
        return find(By.id("error-text"))
                .map(element -> element.getDomProperty("textContent"))
                .orElse("");
    }

    private Optional<WebElement> find(By by) {
        return driver.findElements(by).stream().findFirst();
    }

    void click(String id) {
        click(seen(id));
    }

    /** Clicks an element that may have to be scrolled into view, at once. */
    void click(WebElement element) {
        driver.executeScript("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element);
        element.click();
    }

    /** Puts a text into a field, as a user does who leaves it afterwards. */
    void type(String id, String text) {
        WebElement field = seen(id);
        field.clear();
        field.sendKeys(text + org.openqa.selenium.Keys.TAB);
    }

    /** Chooses an option by its value, once it is there. */
    void choose(String id, String value) {
        WebElement select = seen(id);
        until("#" + id + " has no option " + value, () -> new Select(select)
                .getOptions().stream()
                        .filter(option -> value.equals(option.getDomProperty("value")))
                        .findFirst());
        new Select(select).selectByValue(value);
    }

    /** The value of a field. */
    String value(String id) {
        return one("#" + id).getDomProperty("value");
    }

    String text(String id) {
        return one("#" + id).getDomProperty("textContent");
    }

    /** Clicks at pixels of an element, from its upper left corner. */
    void clickAt(WebElement element, int x, int y) {
        Dimension size = element.getSize();
        new Actions(driver)
                .moveToElement(element, x - size.width / 2, y - size.height / 2)
                .click()
                .perform();
    }

    /** Presses keys where the focus is. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** The id of the element that has the focus; empty if that has none. */
    String focus() {
        String id = driver.switchTo().activeElement().getDomAttribute("id");
        return id == null ? "" : id;
    }

    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** What the console said at the level of an error since the page was opened. */
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** A file that was downloaded, once it is whole. */
    String downloaded(String name, Charset charset) {
        Path file = downloads.resolve(name);
        until(name + " was not downloaded", () -> Optional.of(file).filter(Files::isRegularFile));
        try {
            return Files.readString(file, charset);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Deletes what was downloaded. */
    void forgetDownloads() {
        try (Stream<Path> files = Files.list(downloads)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Keeps a picture of the page in {@code target/pictures}, for people. */
    void picture(String name) {
        try {
            Files.createDirectories(PICTURES);
            Files.write(PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
