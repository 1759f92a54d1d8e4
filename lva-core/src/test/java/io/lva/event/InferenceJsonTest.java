package io.lva.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.media.Inference;
import io.lva.media.InferenceValue;
import io.lva.media.InferenceValue.Attribute;
import io.lva.media.InferenceValue.Box;
import io.lva.media.InferenceValue.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InferenceJsonTest {
  private static final Box BOX = new Box(0.828452, 0.455224, 0.1, 0.088889);
  private static final Tag PERSON = new Tag("person", OptionalDouble.of(0.9));

  private static final List<Inference> ALL =
      List.of(
          Inference.of(
              new InferenceValue.Classification(
                  PERSON, List.of(new Attribute("color", "red", OptionalDouble.empty())))),
          Inference.of(new InferenceValue.Motion(Optional.of(BOX))),
          Inference.of(new InferenceValue.Motion(Optional.empty())),
          Inference.of(new InferenceValue.Entity(PERSON, List.of(), BOX, Optional.of("7")))
              .withId("a")
              .withSequenceId("0f")
              .withExtensions(Map.of("k", "v")),
          Inference.of(
              new InferenceValue.Text(
                  "hello",
                  Optional.of("en"),
                  OptionalLong.of(143039375044290L),
                  OptionalLong.empty())),
          Inference.of(new InferenceValue.Event("door", Map.of("total", "38"), Optional.empty()))
              .withSubtype("lineCrossing")
              .withRelatedIds(List.of("a")),
          Inference.of(new InferenceValue.Other(Optional.of("text/plain"), Optional.of("aGk="))));

  @Test
  void read_allTypesWritten_theSame() {
    assertThat(InferenceJson.read(InferenceJson.write(ALL))).isEqualTo(ALL);
  }

  @Test
  void write_motion_asPublished() {
    assertThat(InferenceJson.write(List.of(ALL.get(1))))
        .isEqualTo(
            "{\"inferences\":[{\"type\":\"motion\",\"motion\":{\"box\":"
                + "{\"l\":0.828452,\"t\":0.455224,\"w\":0.1,\"h\":0.088889}}}]}");
  }

  @Test
  void read_fieldsThatVersion104Added_typed() {
    String json =
        "{\"inferences\":[{\"type\":\"entity\",\"subtype\":\"\",\"relatedInferences\":[],"
            + "\"extensions\":{},\"valueCase\":\"entity\",\"entity\":{\"tag\":{\"value\":"
            + "\"person\",\"confidence\":0.9},\"attributes\":[],\"box\":{\"l\":0.828452,"
            + "\"t\":0.455224,\"w\":0.1,\"h\":0.088889}}}]}";
    assertThat(InferenceJson.read(json))
        .containsExactly(
            Inference.of(new InferenceValue.Entity(PERSON, List.of(), BOX, Optional.empty())));
  }

  /** Each breaks the schema in another way; all were or could be sent by real servers. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"other\",\"other\":{\"count\":3}}",
        "{\"type\":\"event\",\"event\":{\"name\":\"n\",\"properties\":{\"total\":3}}}",
        "{\"type\":\"entity\",\"entity\":{\"tag\":{\"value\":\"p\"}}}",
        "{\"type\":\"motion\"}",
        "{\"type\":\"motion\",\"motion\":{},\"more\":1}",
        "{\"type\":\"depth\",\"depth\":{}}",
        "{\"subtype\":\"s\"}",
        "[1,2]",
        "3"
      })
  void read_outsideTheSchema_foreignAndWrittenAsItWas(String inference) {
    String json = "{\"inferences\":[" + inference + "]}";
    List<Inference> read = InferenceJson.read(json);
    assertThat(read).containsExactly(Inference.of(new InferenceValue.Foreign(inference)));
    assertThat(InferenceJson.write(read)).isEqualTo(json);
  }

  @Test
  void read_anotherDocument_oneForeignInference() {
    assertThat(InferenceJson.read("{\"faces\":2}"))
        .containsExactly(Inference.of(new InferenceValue.Foreign("{\"faces\":2}")));
  }

  @Test
  void read_noInference_empty() {
    assertThat(InferenceJson.read("{\"inferences\":[]}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{} {}", "nonsense"})
  void read_noJson_refused(String text) {
    assertThatThrownBy(() -> InferenceJson.read(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void read_tooLongOrTooDeep_refused() {
    String deep = "[".repeat(100) + "]".repeat(100);
    String text = "\"" + "x".repeat(InferenceJson.MAXIMUM_CHARACTERS) + "\"";
    assertThatThrownBy(() -> InferenceJson.read(deep)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> InferenceJson.read(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void read_damagedTexts_refusedOrWrittenAndReadTheSame() {
    String json = InferenceJson.write(ALL);
    Random random = new Random(4);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder(json);
      for (int change = random.nextInt(4); change >= 0; change--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
          case 1 -> text.deleteCharAt(at);
          default -> text.insert(at, json, 0, random.nextInt(20));
        }
      }
      check(text.toString());
    }
  }

  private static void check(String text) {
    List<Inference> read;
    try {
      read = InferenceJson.read(text);
    } catch (IllegalArgumentException e) {
      return;
    }
    assertThat(InferenceJson.read(InferenceJson.write(read))).isEqualTo(read);
  }
}
