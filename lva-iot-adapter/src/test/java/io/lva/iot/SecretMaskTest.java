package io.lva.iot;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.runtime.GraphEngine;
import io.lva.runtime.MediaRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskTest {
  private final FakeNodes nodes = new FakeNodes();
  private final MediaRuntime runtime =
      MediaRuntime.builder().nodes(nodes.source(), nodes.sink()).start();
  private final GraphEngine engine = GraphEngine.open(runtime);
  private final DirectMethods methods = new DirectMethods(engine);
  private final SecretMask mask = new SecretMask(engine);

  @AfterEach
  void close() {
    engine.close();
    runtime.close();
  }

  /** The topology of the tutorial: its password is a plain text, here with a name that hides it. */
  private static String plain() {
    return Requests.topology("Plain")
        .replace("rtspPassword", "doorKey")
        .replace("SecretString", "String")
        .replace("\"dummy\"", "\"hidden1\"");
  }

  private static String instance() {
    return Requests.instance("camera1", "Plain")
        .replace("rtspPassword", "doorKey")
        .replace("geheim", "hidden2");
  }

  @Test
  void mask_plainParameterThatFillsAPassword_hiddenInRequestsAndAnswers() {
    assertThat(mask.mask(plain()))
        .doesNotContain("hidden1")
        .contains("\"password\":\"${doorKey}\"", "\"default\":\"****\"");
    Answer set = methods.invoke("GraphTopologySet", plain());
    assertThat(set.payload()).contains("hidden1");
    assertThat(mask.mask(set.payload())).doesNotContain("hidden1").contains("doorKey");
    assertThat(mask.mask(instance())).doesNotContain("hidden2").contains("rtsp://10.0.0.5/main");
    methods.invoke("GraphInstanceSet", instance());
    Answer list = methods.invoke("GraphInstanceList", "{\"@apiVersion\":\"2.0\"}");
    assertThat(list.payload()).contains("hidden2");
    assertThat(mask.mask(list.payload())).doesNotContain("hidden2").contains("camera1");
  }

  @Test
  void mask_topologyKnownToTheEngineOnly_hidesItsParameters() {
    methods.invoke("GraphTopologySet", plain());
    assertThat(new SecretMask(engine).mask(instance())).doesNotContain("hidden2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"password\":\"hidden\"}",
        "{\"password\":{\"x\":\"hidden\"}}",
        "{\"name\":\"x\",\"type\":\"SecretString\",\"default\":[\"hidden\"]}",
        "{\"a\":[{\"HeaderValue\":\"Bearer hidden\"}]}",
        "{\"url\":\"rtsp://u:hidden@10.0.0.5/\"}",
        "{\"list\":[\"rtsp://u:hidden@10.0.0.5/\"]}",
        "{\"name\":\"x\",\"type\":\"secretstring\",\"default\":\"hidden\"}",
        "{\"Name\":\"CameraPassword\",\"Value\":\"hidden\"}",
        "\"{\\\"password\\\":\\\"hidden\\\"}\"",
        "{\"password\":\"hidden",
      })
  void mask_secretOfAnyForm_hidden(String payload) {
    assertThat(mask.mask(payload)).doesNotContain("hidden");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{\"value\":[]}", "{\"name\":\"a\",\"n\":1.50,\"b\":null}"})
  void mask_nothingSecret_same(String payload) {
    assertThat(mask.mask(payload)).isEqualTo(payload);
  }
}
