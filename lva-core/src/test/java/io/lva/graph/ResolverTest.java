package io.lva.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResolverTest {
  private static final Instant NOW = Instant.parse("2020-05-12T23:33:09.381Z");
  private static final GraphTopology TOPOLOGY =
      new GraphTopology(
          "Door",
          ApiVersion.V2_0,
          Optional.empty(),
          List.of(
              Parameter.string("site").defaultsTo("lab"),
              Parameter.string("url"),
              Parameter.secret("key"),
              Parameter.integer("count"),
              Parameter.bool("quiet").defaultsTo(true),
              Parameter.decimal("rate").defaultsTo(0.5)),
          List.of(),
          List.of(),
          List.of());
  private static final Resolver RESOLVER =
      Resolver.of(
          TOPOLOGY,
          "door-1",
          Map.of("url", "rtsp://10.0.0.5/${site}$1", "key", "hunter2", "count", "7"));

  @Test
  void resolve_systemVariables_areThoseOfTheInstant() {
    assertThat(
            text(
                "${System.GraphTopologyName}-${System.GraphInstanceName}-${System.DateTime}"
                    + "-${System.PreciseDateTime}"))
        .isEqualTo("Door-door-1-20200512T233309Z-20200512T233309.381Z");
    Value<String> template = Value.parse("${System.DateTime}", ValueTypes.TEXT);
    assertThat(RESOLVER.resolve(template, NOW.plusSeconds(1))).isEqualTo("20200512T233310Z");
  }

  @Test
  void resolve_parameters_wholeAndInsideText() {
    assertThat(text("${site}")).isEqualTo("lab");
    assertThat(text("a-${site}-${count}-${ site }")).isEqualTo("a-lab-7-lab");
    assertThat(text("plain")).isEqualTo("plain");
    assertThat(text("$site {site} $")).isEqualTo("$site {site} $");
  }

  @Test
  void resolve_valueWithPlaceholder_isTakenAsItIs() {
    assertThat(text("${url}")).isEqualTo("rtsp://10.0.0.5/${site}$1");
  }

  @Test
  void resolve_typedProperties_areRead() {
    assertThat(resolve("${count}", ValueTypes.WHOLE)).isEqualTo(7L);
    assertThat(resolve("PT${count}M", ValueTypes.DURATION)).isEqualTo(Duration.ofMinutes(7));
    assertThat(resolve("${quiet}", ValueTypes.BOOLEAN)).isTrue();
    assertThat(resolve("${rate}", ValueTypes.DECIMAL)).isEqualTo(0.5);
    assertThat(resolve("${key}", ValueTypes.SECRET)).isEqualTo(Secret.of("hunter2"));
  }

  @Test
  void resolve_valueThatDoesNotFit_namesThePlaceholder() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> resolve("${site}", ValueTypes.DURATION))
        .withMessage("'${site}' cannot be resolved: not an ISO 8601 duration such as PT30S");
  }

  @Test
  void resolve_secretWhereItMayBePrinted_isRefusedWithoutPrintingIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> text("a-${key}"))
        .withMessageContaining("'key'")
        .withMessageNotContaining("hunter2");
  }

  @Test
  void resolve_missingOrMalformedValue_isRefused() {
    Resolver none = Resolver.of(TOPOLOGY, "i", Map.of("count", "many"));
    Value<String> url = Value.parse("${url}", ValueTypes.TEXT);
    Value<String> count = Value.parse("${count}", ValueTypes.TEXT);
    Value<String> other = Value.parse("${other}", ValueTypes.TEXT);
    for (Value<String> value : List.of(url, count, other)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> none.resolve(value, NOW))
          .withMessageNotContaining("many");
    }
  }

  private static String text(String template) {
    return resolve(template, ValueTypes.TEXT);
  }

  private static <T> T resolve(String template, ValueType<T> type) {
    return RESOLVER.resolve(Value.parse(template, type), NOW);
  }
}
