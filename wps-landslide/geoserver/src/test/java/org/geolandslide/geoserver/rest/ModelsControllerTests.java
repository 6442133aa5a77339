package org.geolandslide.geoserver.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.geolandslide.model.TinyModel;
import org.geolandslide.model.UnfaithfulPackage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.RequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** The controller behind Spring MVC, with models and settings in a data directory. */
class ModelsControllerTests {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MODELS = "/rest/landslide/models";

    @TempDir
    private Path data;

    @TempDir
    private Path outside;

    private Path folder;
    private boolean administrator = true;

    private final MockMvc server = MockMvcBuilders.standaloneSetup(new ModelsController(new AdministratorCheck() {
                @Override
                public void require() {
                    if (!administrator) {
                        throw new AccessDeniedException("no");
                    }
                }
            }))
            .build();

    @BeforeEach
    void nameDataDirectory() throws Exception {
        System.setProperty("GEOSERVER_DATA_DIR", data.toString());
        folder = Files.createDirectories(data.resolve("landslide/models"));
    }

    @AfterEach
    void forget() {
        System.clearProperty("GEOSERVER_DATA_DIR");
        System.clearProperty("landslide.models.default");
    }

    private MockHttpServletResponse ask(RequestBuilder request) throws Exception {
        return server.perform(request).andReturn().getResponse();
    }

    private JsonNode answer(int status, RequestBuilder request) throws Exception {
        MockHttpServletResponse response = ask(request);
        assertThat(response.getStatus())
                .as(response.getContentAsString(StandardCharsets.UTF_8))
                .isEqualTo(status);
        assertThat(response.getContentType()).isEqualTo("application/json");
        return JSON.readTree(response.getContentAsByteArray());
    }

    private String error(int status, RequestBuilder request) throws Exception {
        return answer(status, request).path("error").asText();
    }

    private RequestBuilder upload(Path file) throws Exception {
        return post(MODELS).contentType("application/zip").content(Files.readAllBytes(file));
    }

    private RequestBuilder upload(TinyModel model) throws Exception {
        return upload(model.write(outside.resolve("package.zip"), 64, 16));
    }

    private static RequestBuilder makeDefault(String name, String body) {
        return put(MODELS + "/" + name).contentType("application/json").content(body);
    }

    @Test
    void a_model_comes_is_described_becomes_the_default_and_goes() throws Exception {
        assertThat(answer(200, get(MODELS)).path("models")).isEmpty();
        MockHttpServletResponse created = ask(upload(TinyModel.RED));
        assertThat(created.getStatus()).isEqualTo(201);
        assertThat(created.getHeader("Location")).isEqualTo("models/red-share");
        answer(201, upload(TinyModel.ELEVATION));

        JsonNode list = answer(200, get(MODELS));
        assertThat(list.path("models").findValuesAsText("name")).contains("elevation-share", "red-share");
        assertThat(list.path("default").isNull()).isTrue();

        JsonNode model = answer(200, get(MODELS + "/red-share"));
        assertThat(model.path("checksum").asText())
                .startsWith("1220")
                .isEqualTo(JSON.readTree(created.getContentAsByteArray())
                        .path("checksum")
                        .asText());
        assertThat(model.path("modelCard").asText()).isEqualTo("# red-share\n");
        assertThat(model.at("/metrics/f1").asDouble()).isEqualTo(0.5);
        assertThat(model.at("/bands/dem/0/groundSampleDistance").asDouble()).isEqualTo(2);
        assertThat(model.path("file").asText()).isEqualTo("red-share.zip");
        assertThat(model.path("default").asBoolean()).isFalse();

        assertThat(answer(200, makeDefault("red-share", "{\"default\": true}"))
                        .path("default")
                        .asBoolean())
                .isTrue();
        assertThat(answer(200, get(MODELS)).path("default").asText()).isEqualTo("red-share");
        assertThat(data.resolve("landslide/landslide.properties")).content().contains("\nmodels.default=red-share\n");

        JsonNode left = answer(200, delete(MODELS + "/red-share"));
        assertThat(left.path("models").findValuesAsText("name"))
                .contains("elevation-share")
                .doesNotContain("red-share");
        assertThat(left.path("default").asText()).isEqualTo("elevation-share");
        assertThat(error(404, get(MODELS + "/red-share")))
                .isEqualTo("there is no model 'red-share'; there are [elevation-share]");
    }

    @Test
    void a_default_can_be_taken_back() throws Exception {
        answer(201, upload(TinyModel.RED));
        answer(201, upload(TinyModel.ELEVATION));
        answer(200, makeDefault("red-share", "{\"default\": true}"));
        // Of another model nothing is taken back.
        answer(200, makeDefault("elevation-share", "{\"default\": false}"));
        assertThat(answer(200, get(MODELS)).path("default").asText()).isEqualTo("red-share");
        answer(200, makeDefault("red-share", "{\"default\": false}"));
        assertThat(answer(200, get(MODELS)).path("default").isNull()).isTrue();
    }

    @Test
    void a_default_that_a_system_property_sets_stays() throws Exception {
        answer(201, upload(TinyModel.RED));
        answer(201, upload(TinyModel.ELEVATION));
        System.setProperty("landslide.models.default", "elevation-share");
        assertThat(error(409, makeDefault("red-share", "{\"default\": true}")))
                .contains("the system property landslide.models.default says that 'elevation-share' is the default");
    }

    @Test
    void a_body_that_is_not_understood_is_refused() throws Exception {
        answer(201, upload(TinyModel.RED));
        for (String body :
                List.of("", "yes", "{}", "[true]", "{\"default\": \"red\"}", "{\"default\": true, \"x\": 1}")) {
            assertThat(error(400, makeDefault("red-share", body))).contains("expected, {\"default\": true}");
        }
        assertThat(error(404, makeDefault("other", "{\"default\": true}"))).startsWith("there is no model 'other'");
    }

    @Test
    void a_package_is_refused_with_the_reason_and_leaves_nothing() throws Exception {
        assertThat(error(400, upload(UnfaithfulPackage.write(outside.resolve("wrong.zip")))))
                .startsWith(
                        "model 'red-share' does not reproduce its golden sample: output 'probability' differs by 0.5");
        assertThat(error(400, upload(Files.writeString(outside.resolve("no.zip"), "no zip"))))
                .contains("it is not a zip archive")
                .doesNotContain(data.toString());
        answer(201, upload(TinyModel.RED));
        assertThat(error(409, upload(TinyModel.RED))).isEqualTo("there is a model 'red-share'; remove it first");
        Files.writeString(data.resolve("landslide/landslide.properties"), "maximumUploadMegabytes=1\n");
        Path large = Files.write(outside.resolve("large.zip"), new byte[(1 << 20) + 1]);
        assertThat(error(413, upload(large))).contains("more than 1 MB");
        assertThat(ask(post(MODELS).contentType("text/plain").content("x")).getStatus())
                .isEqualTo(415);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("red-share.zip");
        }
    }

    @Test
    void names_do_not_lead_out_of_the_folder() throws Exception {
        Path precious = Files.writeString(data.resolve("landslide/precious.zip"), "mine");
        for (String name :
                List.of("..", "../precious.zip", "..%2Fprecious.zip", "%2e%2e%2fprecious.zip", "precious.zip")) {
            MockHttpServletResponse response = ask(delete(java.net.URI.create(MODELS + "/" + name)));
            assertThat(response.getStatus()).as(name).isIn(404, 405);
        }
        assertThat(precious).hasContent("mine");
    }

    @Test
    void a_file_that_is_no_model_is_told_and_can_be_removed() throws Exception {
        Files.writeString(folder.resolve("broken.zip"), "no zip");
        assertThat(answer(200, get(MODELS)).at("/problems/broken.zip").asText()).contains("it is not a zip archive");
        assertThat(answer(200, delete(MODELS + "/broken.zip")).path("problems")).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void wrong_settings_are_an_error_that_says_which() throws Exception {
        Files.writeString(data.resolve("landslide/landslide.properties"), "runs=many\n");
        assertThat(error(500, get(MODELS))).startsWith("landslide.properties: runs is 'many', expected a whole number");
    }

    @Test
    void nothing_is_for_anybody_but_administrators() throws Exception {
        answer(201, upload(TinyModel.RED));
        administrator = false;
        for (RequestBuilder request : List.of(
                get(MODELS),
                get(MODELS + "/red-share"),
                upload(TinyModel.ELEVATION),
                makeDefault("red-share", "{\"default\": true}"),
                delete(MODELS + "/red-share"))) {
            assertThatThrownBy(() -> ask(request)).hasRootCauseInstanceOf(AccessDeniedException.class);
        }
        administrator = true;
        JsonNode list = answer(200, get(MODELS));
        assertThat(list.path("models").findValuesAsText("name"))
                .contains("red-share")
                .doesNotContain("elevation-share");
        assertThat(data.resolve("landslide/landslide.properties")).doesNotExist();
    }

    @Test
    void without_a_security_manager_nobody_is_an_administrator() {
        assertThatThrownBy(() -> new AdministratorCheck().require()).isInstanceOf(AccessDeniedException.class);
    }
}
