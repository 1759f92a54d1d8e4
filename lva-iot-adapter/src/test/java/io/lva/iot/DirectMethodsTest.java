package io.lva.iot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lva.runtime.EngineLimits;
import io.lva.runtime.GraphEngine;
import io.lva.runtime.MediaRuntime;
import io.lva.spi.NodeStartException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectMethodsTest {
  private final FakeNodes nodes = new FakeNodes();
  private final MediaRuntime runtime =
      MediaRuntime.builder()
          .nodes(nodes.source(), nodes.sink())
          .closeDeadline(Duration.ofSeconds(1))
          .start();
  private final GraphEngine engine = GraphEngine.open(runtime, new EngineLimits(50, 1000));
  private final DirectMethods methods = new DirectMethods(engine);
  private final CompletableFuture<Void> released = new CompletableFuture<>();

  @BeforeEach
  void set() {
    status(201, "GraphTopologySet", Requests.topology("CVR"));
    status(201, "GraphInstanceSet", Requests.instance("camera1", "CVR"));
  }

  @AfterEach
  void close() {
    released.complete(null);
    engine.close();
    runtime.close();
  }

  private Answer status(int status, String method, String payload) {
    Answer answer = methods.invoke(method, payload);
    assertThat(answer.status()).as("%s: %s", method, answer.payload()).isEqualTo(status);
    return answer;
  }

  private void refused(int status, String code, String method, String payload) {
    assertThat(Requests.codes(status(status, method, payload))).contains(code);
  }

  /** Brings an instance into a state; one on its way stays so until it is released. */
  private void enter(String state) {
    if (state.equals("Deactivating")) {
      nodes.drain = () -> released;
      status(200, "GraphInstanceActivate", Requests.named("camera1"));
      engine.deactivateAsync("camera1", Duration.ofMinutes(1));
    } else if (state.equals("Active")) {
      status(200, "GraphInstanceActivate", Requests.named("camera1"));
    } else if (state.equals("Activating")) {
      CountDownLatch begun = new CountDownLatch(1);
      nodes.create =
          () -> {
            begun.countDown();
            released.join();
          };
      engine.activateAsync("camera1");
      assertThat(await(begun)).isTrue();
    }
  }

  private static final java.util.concurrent.TimeUnit MILLIS =
      java.util.concurrent.TimeUnit.MILLISECONDS;

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(60_000, MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Inactive, GraphInstanceActivate, 200",
    "Activating, GraphInstanceActivate, 200",
    "Active, GraphInstanceActivate, 200",
    "Deactivating, GraphInstanceActivate, 409",
    "Inactive, GraphInstanceDeactivate, 200",
    "Activating, GraphInstanceDeactivate, 409",
    "Active, GraphInstanceDeactivate, 200",
    "Deactivating, GraphInstanceDeactivate, 200",
    "Inactive, GraphInstanceDelete, 200",
    "Activating, GraphInstanceDelete, 409",
    "Active, GraphInstanceDelete, 409",
    "Deactivating, GraphInstanceDelete, 409",
    "Inactive, GraphInstanceSet, 200",
    "Activating, GraphInstanceSet, 409",
    "Active, GraphInstanceSet, 409",
    "Deactivating, GraphInstanceSet, 409",
    "Inactive, GraphTopologySet, 200",
    "Activating, GraphTopologySet, 409",
    "Active, GraphTopologySet, 409",
    "Deactivating, GraphTopologySet, 409",
    "Inactive, GraphTopologyDelete, 409",
    "Active, GraphTopologyDelete, 409",
    "Active, GraphInstanceGet, 200",
    "Active, GraphTopologyGet, 200",
  })
  void method_inEachState_statusOfTheContract(String state, String method, int status) {
    enter(state);
    if (status == 200 && state.endsWith("ating")) {
      released.completeOnTimeout(null, 50, MILLIS); // the call waits for the end of the way
    }
    String payload =
        switch (method) {
          case "GraphInstanceSet" -> Requests.instance("camera1", "CVR");
          case "GraphTopologySet" -> Requests.topology("CVR");
          case "GraphTopologyDelete", "GraphTopologyGet" -> Requests.named("CVR");
          default -> Requests.named("camera1");
        };
    Answer answer = status(status, method, payload);
    if (status == 409) {
      String expected =
          method.startsWith("GraphTopology")
              ? "GraphTopologyInUse"
              : "GraphInstanceOperationNotValidInCurrentState";
      assertThat(Requests.codes(answer)).containsExactly(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GraphTopologyGet, 404",
    "GraphTopologyDelete, 204",
    "GraphInstanceGet, 404",
    "GraphInstanceDelete, 204",
    "GraphInstanceActivate, 404",
    "GraphInstanceDeactivate, 404",
    "GraphInstanceStop, 501",
    "graphTopologyList, 501",
  })
  void method_unknownName_statusOfTheContract(String method, int status) {
    Answer answer = status(status, method, Requests.named("nobody"));
    if (status == 204) {
      assertThat(answer.payload()).isEqualTo("null");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"@apiVersion\":\"2.0\"}",
        "{\"@apiVersion\":\"1.0\"}",
        "{\"@apiVersion\":1.0}",
        "{\"@apiVersion\":2}",
        "{\"@APIVERSION\":\"2.0\"}",
        "\"{\\\"@apiVersion\\\":\\\"1.0\\\"}\"",
        "\uFEFF{\"@apiVersion\":\"2.0\", \"@continuationToken\": null}",
        "{\"@query\":\"$orderby=name asc\", \"@apiVersion\":\"2.0\"}",
      })
  void list_quirksOfClients_answered(String payload) {
    Answer answer = status(200, "GraphTopologyList", payload);
    assertThat(Requests.json(answer).path("value")).hasSize(1);
    assertThat(Requests.json(answer).has("@continuationToken")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null | JsonInvalid",
        "'' | JsonInvalid",
        "[] | JsonInvalid",
        "'{\"@apiVersion\":' | JsonInvalid",
        "{} | ApiVersionNotSupported",
        "{\"@apiVersion\":\"3.0\"} | ApiVersionNotSupported",
        "{\"@apiVersion\":{}} | ApiVersionNotSupported",
        "{\"@apiVersion\":\"2.0\",\"@query\":\"$filter=x\"} | QueryNotSupported",
        "{\"@apiVersion\":\"2.0\",\"@continuationToken\":\"?\"} | ContinuationTokenInvalid",
      })
  void list_wrongRequest_badRequest(String payload, String code) {
    refused(400, code, "GraphInstanceList", payload);
  }

  @Test
  void get_noName_badRequestWithTarget() {
    Answer answer = status(400, "GraphInstanceGet", "{\"@apiVersion\":\"2.0\"}");
    assertThat(answer.payload())
        .isEqualTo(
            "{\"error\":{\"code\":\"BadRequest\",\"message\":\"The request is invalid\","
                + "\"details\":[{\"code\":\"PropertyRequired\",\"message\":\"'name' is missing.\","
                + "\"target\":\"$.name\"}]}}");
  }

  @Test
  void version_onlyTwo_asTheRealModuleAnswers() {
    DirectMethods two = new DirectMethods(engine, DirectMethodOptions.standard().versions("2.0"));
    assertThat(two.invoke("GraphTopologyList", "{\"@apiVersion\":\"1.0\"}").payload())
        .isEqualTo(
            "{\"error\":{\"code\":\"BadRequest\",\"message\":\"The request is invalid\","
                + "\"details\":[{\"code\":\"ApiVersionNotSupported\",\"message\":\"The API version"
                + " '1.0' is not supported. Supported version(s): 2.0.\"}]}}");
  }

  @Test
  void instanceGet_secretAndPlainParameter_secretLeftOut() {
    JsonNode json = Requests.json(status(200, "GraphInstanceGet", Requests.named("camera1")));
    assertThat(json.path("name").asText()).isEqualTo("camera1");
    assertThat(json.path("systemData").path("createdAt").asText())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    assertThat(json.path("properties").toString())
        .isEqualTo(
            "{\"topologyName\":\"CVR\",\"description\":\"a camera\",\"parameters\":["
                + "{\"name\":\"rtspUrl\",\"value\":\"rtsp://10.0.0.5/main\"}],"
                + "\"state\":\"Inactive\"}");
  }

  @Test
  void topologyGet_afterSet_canonicalEchoWithoutPassword() {
    Answer answer = status(200, "GraphTopologyGet", Requests.named("CVR"));
    assertThat(answer.payload())
        .contains("\"systemData\"", "\"processors\":[]", "\"outputSelectors\":[]")
        .doesNotContain("\"password\"", "dummy\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"@apiVersion\":\"2.0\"} | PropertyRequired | $.name",
        "{\"@apiVersion\":\"2.0\",\"name\":\"x\"} | PropertyRequired | $.properties",
        "{\"@apiVersion\":\"2.0\",\"name\":\"x\",\"properties\":{}} "
            + "| PropertyRequired | $.properties.topologyName",
        "{\"@apiVersion\":\"2.0\",\"name\":\"-x\",\"properties\":{\"topologyName\":\"CVR\"}} "
            + "| PropertyValueInvalidPattern | $.name",
        "{\"@apiVersion\":\"2.0\",\"name\":\"x\",\"properties\":{\"topologyName\":\"None\"}} "
            + "| GraphTopologyNotFound | $.properties.topologyName",
        "{\"@apiVersion\":\"2.0\",\"name\":\"x\",\"properties\":{\"topologyName\":\"CVR\"}} "
            + "| ParameterValueRequired | $.properties.parameters",
        "{\"@apiVersion\":\"2.0\",\"name\":\"x\",\"Properties\":{\"topologyName\":\"CVR\","
            + "\"Parameters\":[{\"Name\":\"rtspUrl\"}]}} "
            + "| PropertyRequired | $.Properties.Parameters[0].value",
        "{\"@apiVersion\":\"2.0\",\"name\":\"x\",\"properties\":{\"topologyName\":\"CVR\","
            + "\"parameters\":{}}} | PropertyTypeInvalid | $.properties.parameters",
        "{\"@apiVersion\":\"2.0\",\"name\":\"x\",\"properties\":{\"topologyName\":\"CVR\","
            + "\"parameters\":[{\"name\":\"a\",\"value\":1},{\"name\":\"a\",\"value\":2}]}} "
            + "| ParameterDuplicate | $.properties.parameters[1].name",
        "{\"@apiVersion\":\"2.0\",\"name\":\"x\",\"properties\":{\"topologyName\":\"CVR\","
            + "\"parameters\":[{\"name\":\"no\",\"value\":1}]}} "
            + "| ParameterNotDeclared | $.properties.parameters[0].name",
      })
  void instanceSet_wrongInstance_codeAndPath(String payload, String code, String target) {
    Answer answer = status(400, "GraphInstanceSet", payload);
    List<String> found = new ArrayList<>();
    Requests.json(answer)
        .path("error")
        .path("details")
        .forEach(
            detail ->
                found.add(detail.path("code").asText() + " " + detail.path("target").asText()));
    assertThat(found).contains(code + " " + target);
  }

  @Test
  void list_moreThanAPage_everythingOnceInOrder() {
    DirectMethods paged = new DirectMethods(engine, DirectMethodOptions.standard().pageSize(7));
    List<String> expected = new ArrayList<>(List.of("camera1"));
    for (int i = 10; i < 40; i++) {
      status(201, "GraphInstanceSet", Requests.instance("unit" + i, "CVR"));
      expected.add("unit" + i);
    }
    List<String> found = new ArrayList<>();
    String token = "";
    int pages = 0;
    do {
      String request =
          token.isEmpty()
              ? "{\"@apiVersion\":\"2.0\"}"
              : "{\"@apiVersion\":\"2.0\",\"@continuationToken\":\"" + token + "\"}";
      JsonNode page = Requests.json(paged.invoke("GraphInstanceList", request));
      page.path("value").forEach(item -> found.add(item.path("name").asText()));
      token = page.path("@continuationToken").asText();
      pages++;
    } while (!token.isEmpty());
    assertThat(found).isEqualTo(expected);
    assertThat(pages).isEqualTo(5);
  }

  @Test
  void list_largeTopologies_eachAnswerFitsIntoADirectMethod() {
    String description = "\u00e9".repeat(20_000); // two bytes each
    for (int i = 10; i < 30; i++) {
      String topology = Requests.topology("Large" + i);
      status(
          201,
          "GraphTopologySet",
          topology.replaceFirst(
              "\"properties\": \\{", "\"properties\": {\"description\": \"" + description + "\","));
    }
    int found = 0;
    String token = "";
    do {
      String request = "{\"@apiVersion\":\"2.0\",\"@continuationToken\":\"" + token + "\"}";
      Answer page = status(200, "GraphTopologyList", request);
      assertThat(page.payload().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(110 * 1024);
      found += Requests.json(page).path("value").size();
      token = Requests.json(page).path("@continuationToken").asText();
    } while (!token.isEmpty());
    assertThat(found).isEqualTo(21);
  }

  @Test
  void set_thousandsOfProblems_firstOnesInAnAnswerThatFits() {
    String nodes = "{\"@type\":\"#Microsoft.Media.MediaGraphAssetSink\"},".repeat(2000);
    String topology = Requests.topology("Wrong").replace("\"sinks\": [", "\"sinks\": [" + nodes);
    Answer answer = status(400, "GraphTopologySet", topology);
    assertThat(answer.payload().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(110 * 1024);
    int told = Requests.json(answer).at("/error/details").size();
    assertThat(told).isGreaterThan(100);
    assertThat(Requests.json(answer).at("/error/message").asText())
        .startsWith("The resource format is invalid. (the first " + told + " of ");
    assertThat(Requests.json(answer).at("/error/code").asText()).isEqualTo("InvalidResource");
  }

  @Test
  void activate_nodeWithoutImplementation_namesNodeTypeAndWhatToAdd() {
    String unknown =
        Requests.topology("Other").replace("MediaGraphAssetSink", "MediaGraphFutureSink");
    status(201, "GraphTopologySet", unknown);
    status(201, "GraphInstanceSet", Requests.instance("camera2", "Other"));
    Answer answer = status(400, "GraphInstanceActivate", Requests.named("camera2"));
    assertThat(Requests.codes(answer)).containsExactly("ModuleValidationError");
    assertThat(answer.payload()).contains("'assetSink'", "MediaGraphFutureSink", "NodeProvider");
  }

  @Test
  void activate_folderCannotBeUsed_conflictAndInactive() {
    nodes.create =
        () -> {
          throw new NodeStartException("/srv/recordings cannot be written");
        };
    refused(409, "ResourceValidationError", "GraphInstanceActivate", Requests.named("camera1"));
    Answer answer = status(200, "GraphInstanceGet", Requests.named("camera1"));
    assertThat(answer.payload()).contains("\"state\":\"Inactive\"");
  }

  @Test
  void anyMethod_moduleNotConfigured_forbidden() {
    DirectMethods unconfigured =
        new DirectMethods(
            engine,
            DirectMethodOptions.standard().configurationProblem(() -> Optional.of("no twin")));
    Answer answer = unconfigured.invoke("GraphTopologyList", "{\"@apiVersion\":\"2.0\"}");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(Requests.codes(answer)).containsExactly("ModuleConfigurationRequired");
  }

  @Test
  void anyMethod_engineClosed_internalErrorWithoutDetails() {
    engine.close();
    Answer answer = status(500, "GraphInstanceActivate", Requests.named("camera1"));
    assertThat(answer.payload()).contains("InternalServerError").doesNotContain("Exception");
  }

  @Test
  void instanceSet_severalMistakes_reportsAllInTheCasingOfTheRequest() {
    String payload =
        """
        {"@apiVersion":"2.0","Name":"a_b","Properties":{"TopologyName":"CVR","Parameters":[
          {"Name":"no","Value":"x"},{"Name":"rtspUrl","Value":"door"}]}}""";
    assertThat(targets(status(400, "GraphInstanceSet", payload)))
        .containsExactlyInAnyOrder(
            "PropertyValueInvalidPattern $.Name",
            "ParameterNotDeclared $.Properties.Parameters[0].Name");
    String unreadable = payload.replace("\"Value\":\"x\"", "\"Value\":{}");
    assertThat(targets(status(400, "GraphInstanceSet", unreadable)))
        .containsExactlyInAnyOrder(
            "PropertyValueInvalidPattern $.Name",
            "PropertyTypeInvalid $.Properties.Parameters[0].Value");
    String misfit = payload.replace("a_b", "ab").replace("\"no\"", "\"rtspPassword\"");
    assertThat(targets(status(400, "GraphInstanceSet", misfit)))
        .containsExactly("ParameterValueInvalid $.Properties.Parameters[1].Value");
  }

  private static List<String> targets(Answer answer) {
    List<String> found = new ArrayList<>();
    for (JsonNode detail : Requests.json(answer).at("/error/details")) {
      found.add(detail.path("code").asText() + " " + detail.path("target").asText());
    }
    return found;
  }

  @Test
  void set_numbersOfUnknownNodes_keptVerbatim() {
    String payload =
        Requests.topology("Numbers")
            .replace("MediaGraphAssetSink\"", "MediaGraphFutureSink\", \"n\": 1.50, \"e\": 1e400");
    assertThat(status(201, "GraphTopologySet", payload).payload())
        .contains("\"n\":1.50", "\"e\":1E+400");
  }

  @Test
  void list_emptyTokenAndQuery_areNone() {
    String payload = "{\"@apiVersion\":\"2.0\",\"@query\":\"\",\"@continuationToken\":\"\"}";
    assertThat(Requests.json(status(200, "GraphTopologyList", payload)).path("value")).hasSize(1);
  }
}
