package io.lva.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.graph.AssetSink;
import io.lva.graph.GraphTopology;
import io.lva.graph.InstanceDefinition;
import io.lva.graph.OutputSelector;
import io.lva.graph.RtspSource;
import io.lva.graph.TopologyBuilder;
import io.lva.graph.json.TopologyJson;
import io.lva.media.CodecParameters;
import io.lva.media.MediaType;
import io.lva.media.Track;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputSelectorTest {
  private record Parameters(MediaType mediaType, List<String> mimeTypes, String codec)
      implements CodecParameters {}

  private static final Track VIDEO =
      new Track(1, 90_000, new Parameters(MediaType.VIDEO, List.of("video/H264"), "avc1.640028"));
  private static final Track AUDIO =
      new Track(
          2,
          48_000,
          new Parameters(
              MediaType.AUDIO, List.of("audio/mpeg4-generic", "audio/aac"), "mp4a.40.2"));

  @ParameterizedTest
  @CsvSource({
    "is, video, true, false",
    "is, audio, false, true",
    "isNot, application, true, true",
    "isNot, audio, true, false",
    "is, video/H264, true, false",
    "is, VIDEO/h264, true, false",
    "is, ' video/H264 ', true, false",
    "isNot, 'audio ', true, false",
    "is, video/H265, false, false",
    "isNot, video/H264, false, true",
    "isNot, video/H265, true, true",
    "is, audio/mpeg4-generic, false, true",
    "is, audio/aac, false, true",
  })
  void selector_typeOrSubtype_takesTheTracksOfThatName(
      String operator, String value, boolean video, boolean audio) {
    Predicate<Track> selector = selector(operator, value);
    assertThat(selector.test(VIDEO)).isEqualTo(video);
    assertThat(selector.test(AUDIO)).isEqualTo(audio);
  }

  private static Predicate<Track> selector(String operator, String value) {
    TopologyBuilder graph = GraphTopology.builder("Selected");
    graph.source("camera", RtspSource.at("rtsp://c/")).to("asset", AssetSink.named("a"));
    String json =
        TopologyJson.write(graph.build())
            .replace(
                "\"nodeName\":\"camera\"",
                "\"nodeName\":\"camera\",\"outputSelectors\":[{\"property\":\"mediaType\","
                    + "\"operator\":\""
                    + operator
                    + "\",\"value\":\""
                    + value
                    + "\"}]");
    GraphTopology topology = TopologyJson.readWritten(json);
    assertThat(topology.sinks().get(0).inputs().get(0).selectors())
        .extracting(OutputSelector::value)
        .containsExactly(value.trim());
    InstanceDefinition one = new InstanceDefinition("one", "Selected", Optional.empty(), Map.of());
    return Optional.ofNullable(
            InstancePlan.of(one, topology).nodes().get(1).inputs().get(0).selector())
        .orElseThrow();
  }
}
