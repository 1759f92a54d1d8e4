package io.lva.iot;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.runtime.GraphEngine;
import io.lva.runtime.MediaRuntime;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever a caller sends, the answer is a status of the contract, and never an internal error. */
class DirectMethodsFuzzTest {
  private static final List<String> METHODS =
      List.of(
          "GraphTopologySet",
          "GraphTopologyGet",
          "GraphTopologyList",
          "GraphTopologyDelete",
          "GraphInstanceSet",
          "GraphInstanceGet",
          "GraphInstanceList",
          "GraphInstanceDelete",
          "GraphInstanceActivate",
          "GraphInstanceDeactivate");
  private static final List<String> SEEDS =
      List.of(
          Requests.topology("CVR"),
          Requests.instance("camera1", "CVR"),
          Requests.named("camera1"),
          "{\"@apiVersion\":\"2.0\",\"@query\":\"$orderby=name asc\",\"@continuationToken\":\"YWZ0\"}",
          "\"{\\\"@apiVersion\\\":\\\"1.0\\\",\\\"name\\\":\\\"x\\\"}\"");
  private static final String ALPHABET =
      "{}[]\",:\\${}@#.0123456789eE+-tfnulasIPT \u0000\uFEFF\uD800é";

  private final FakeNodes nodes = new FakeNodes();
  private final MediaRuntime runtime =
      MediaRuntime.builder().nodes(nodes.source(), nodes.sink()).start();
  private final GraphEngine engine = GraphEngine.open(runtime);
  private final DirectMethods methods = new DirectMethods(engine);

  @AfterEach
  void close() {
    engine.close();
    runtime.close();
  }

  @Test
  void invoke_mutatedRequests_answeredByTheContract() {
    Random random = new Random(11);
    for (int i = 0; i < 4000; i++) {
      StringBuilder text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
      int changes = 1 + random.nextInt(4);
      for (int change = 0; change < changes; change++) {
        mutate(text, random);
      }
      check(METHODS.get(random.nextInt(METHODS.size())), text.toString());
    }
  }

  private static void mutate(StringBuilder text, Random random) {
    int at = random.nextInt(text.length() + 1);
    char other = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    switch (random.nextInt(4)) {
      case 0 -> text.insert(at, other);
      case 1 -> text.setLength(at);
      case 2 -> text.delete(at, Math.min(text.length(), at + random.nextInt(20)));
      default -> text.insert(at, text.substring(at, Math.min(text.length(), at + 40)));
    }
  }

  @Test
  void invoke_deepAndLongRequests_badRequest() {
    for (String open : List.of("[", "{\"a\":", "\"")) {
      check("GraphTopologySet", open.repeat(100_000));
      check("GraphTopologySet", "{\"@apiVersion\":\"2.0\",\"properties\":" + open.repeat(90));
    }
    check("GraphTopologySet", "{\"a\":\"" + "x".repeat(2_000_000) + "\"}");
    check("GraphTopologySet", "{\"@apiVersion\":" + "9".repeat(100_000) + "}");
    check("GraphInstanceGet", "{\"@apiVersion\":\"2.0\",\"name\":1e999999999}");
  }

  private void check(String method, String payload) {
    Answer answer = methods.invoke(method, payload);
    assertThat(answer.status())
        .as("%s %s: %s", method, payload, answer)
        .isIn(200, 201, 204, 400, 404, 409);
    assertThat(Requests.json(answer)).isNotNull();
  }
}
