package io.lva.graph.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.graph.Problem;
import io.lva.graph.ProblemCode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopologyCheckTest {
  @Test
  void of_rightFile_echoesIt() throws IOException {
    TopologyCheck check = TopologyCheck.of(OwnTopologies.read("early.json"), Map.of());
    assertThat(check.problems()).isEmpty();
    assertThat(check.echo().orElseThrow())
        .contains("\"transport\" : \"Tcp\"")
        .contains("\"processors\" : [ ]")
        .doesNotContain("password\"");
  }

  @Test
  void of_values_areTried() throws IOException {
    byte[] json = OwnTopologies.read("cvr.json");
    Map<String, String> right = Map.of("cameraUrl", "rtsp://10.0.0.5/", "cameraPassword", "pw");
    assertThat(TopologyCheck.of(json, right).echo()).isPresent();
    TopologyCheck wrong = TopologyCheck.of(json, Map.of("cameraUrl", "rtsp://10.0.0.5/"));
    assertThat(wrong.echo()).isEmpty();
    assertThat(wrong.problems())
        .extracting(Problem::code)
        .containsExactly(ProblemCode.PARAMETER_VALUE_REQUIRED);
  }

  @Test
  void of_wrongFile_saysEverything() {
    TopologyCheck check = TopologyCheck.of(new byte[] {'{', '}'}, Map.of());
    assertThat(check.echo()).isEqualTo(Optional.empty());
    assertThat(check.problems())
        .extracting(Problem::path)
        .containsExactly("$.@apiVersion", "$.properties", "$.name");
  }
}
