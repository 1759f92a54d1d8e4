package io.lva.graph.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.graph.Problem;
import io.lva.graph.TopologyException;
import java.io.IOException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WrongTopologiesTest {
  static List<WrongTopology> rows() throws IOException {
    return WrongTopologies.all();
  }

  @Test
  void table_isNotShort() throws IOException {
    assertThat(rows()).hasSizeGreaterThanOrEqualTo(60);
    assertThat(rows()).extracting(WrongTopology::toString).doesNotHaveDuplicates();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void read_wrongTopology_reportsExactlyItsProblems(WrongTopology row) throws IOException {
    String json = row.json();
    TopologyException thrown =
        catchThrowableOfType(TopologyException.class, () -> TopologyJson.read(json));
    assertThat(thrown).as("accepted: %s", row).isNotNull();
    assertThat(thrown.problems())
        .extracting(problem -> problem.code().text() + " " + problem.path())
        .containsExactlyInAnyOrderElementsOf(row.problems());
    assertThat(thrown.problems()).noneMatch(problem -> problem.code().warning());
    for (Problem problem : thrown.problems()) {
      assertThat(problem.message()).isNotBlank();
      assertThat(parentOf(problem.path(), JsonTexts.parse(json))).as(problem.path()).isTrue();
    }
  }

  /** Returns whether all but the last step of a path resolve in the request, in its own casing. */
  private static boolean parentOf(String path, ObjectNode root) {
    JsonNode node = root;
    for (MatchResult step :
        Pattern.compile("\\.([^.\\[]+)|\\[(\\d+)]").matcher(path).results().toList()) {
      if (node.isMissingNode()) {
        return false;
      }
      String name = step.group(1);
      node = name == null ? node.path(Integer.parseInt(step.group(2))) : node.path(name);
    }
    return true;
  }
}
