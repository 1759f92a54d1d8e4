package io.lva.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The codes are frozen: clients compare them. */
class ProblemCodeTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\|");

  @Test
  void texts_never_change() {
    assertThat(ProblemCode.values())
        .extracting(ProblemCode::text)
        .containsExactly(
            "JsonInvalid",
            "ApiVersionNotSupported",
            "PropertyRequired",
            "PropertyTypeInvalid",
            "PropertyValueInvalid",
            "PropertyValueInvalidPattern",
            "PropertyValueOutOfRange",
            "RtspEndpointUrlInvalidScheme",
            "EndpointUrlInvalidScheme",
            "TypeUnknown",
            "TypeMisplaced",
            "ApiVersionMismatch",
            "GraphValidationError",
            "ModuleValidationError",
            "ParameterNotDeclared",
            "ParameterDuplicate",
            "ParameterValueRequired",
            "ParameterValueInvalid",
            "SecretNotAllowed",
            "ParameterUnused",
            "PropertyUnknown",
            "PropertyIgnored",
            "CredentialsInUrl",
            "OutputUnused",
            "ParameterNotSecret");
  }

  @Test
  void texts_areAllDocumented() throws IOException {
    String document = Files.readString(Path.of("../docs/contract.md"));
    int begin = document.indexOf("## Validation codes");
    int end = document.indexOf("\n## ", begin + 1);
    String section = document.substring(begin, end < 0 ? document.length() : end);
    assertThat(ROW.matcher(section).results().map(result -> result.group(1)))
        .containsExactlyInAnyOrderElementsOf(
            java.util.Arrays.stream(ProblemCode.values()).map(ProblemCode::text).toList());
  }
}
