package io.lva.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.RecorderOptions;
import io.lva.asset.azure.AzureBlobOptions;
import io.lva.asset.s3.S3Options;
import io.lva.event.GraphEvent;
import io.lva.media.GapCause;
import io.lva.playback.PlaybackOptions;
import io.lva.playback.http.HttpOptions;
import io.lva.processor.PictureOptions;
import io.lva.rtsp.RtspFailure;
import io.lva.rtsp.RtspSourceOptions;
import io.lva.runtime.MediaRuntimeBuilder;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages that list all options, all gap causes and all error codes list all of them. */
class OptionsReferenceTest {
  private static final Path DOCS = Judges.projectRoot().resolve("docs");
  private static final Pattern CODE_SPAN = Pattern.compile("`([^`]+)`");
  private static final Pattern VARIABLE =
      Pattern.compile(
          "[\"{](?<name>LVA_[A-Z0-9_]+|AZURE_STORAGE_[A-Z_]+|AWS_[A-Z0-9_]+|IOTEDGE_[A-Z]+"
              + "|EdgeHubConnectionString|EdgeModuleCACertificateFile|IotHubConnectionString)[\":]");
  private static final Pattern OPTION_OF_NODES =
      Pattern.compile("\\.option\\((?<type>\\w+)\\.class\\)");

  private static Set<String> spans(String page) throws IOException {
    return CODE_SPAN
        .matcher(Files.readString(DOCS.resolve(page)))
        .results()
        .map(span -> span.group(1).replaceFirst("\\(.*", ""))
        .collect(Collectors.toSet());
  }

  /** Returns what is matched in the sources of what users run. */
  private static Set<String> inSources(Pattern pattern) throws IOException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> modules = Files.list(Judges.projectRoot())) {
      for (Path module : modules.filter(OptionsReferenceTest::isUsed).toList()) {
        try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
          for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
            pattern
                .matcher(Files.readString(file))
                .results()
                .map(OptionsReferenceTest::lastGroup)
                .forEach(found::add);
          }
        }
      }
    }
    return found;
  }

  private static boolean isUsed(Path module) {
    String name = module.getFileName().toString();
    return Files.isDirectory(module.resolve("src/main/java"))
        && !name.contains("testkit")
        && !name.equals("lva-bench");
  }

  private static String lastGroup(MatchResult match) {
    return match.group(match.groupCount());
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        MediaRuntimeBuilder.class,
        HttpOptions.class,
        PlaybackOptions.class,
        RtspSourceOptions.class,
        RecorderOptions.class,
        AzureBlobOptions.Builder.class,
        S3Options.Builder.class
      })
  void options_thatAMethodSets_areAllOnThePage(Class<?> type) throws IOException {
    Set<String> setters =
        Arrays.stream(type.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .filter(method -> method.getReturnType().equals(type))
            .filter(method -> method.getParameterCount() > 0)
            .map(Method::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(setters).isNotEmpty();
    assertThat(spans("options.md").stream().map(OptionsReferenceTest::simpleName))
        .containsAll(setters);
  }

  /** Returns the method of {@code HttpOptions.loopback}. */
  private static String simpleName(String span) {
    return span.substring(span.lastIndexOf('.') + 1);
  }

  @Test
  void options_ofNodes_areAllOnThePage() throws IOException {
    Set<String> types = inSources(OPTION_OF_NODES);
    assertThat(types).contains(RecorderOptions.class.getSimpleName());
    assertThat(spans("options.md")).containsAll(types);
    List<String> components =
        Arrays.stream(PictureOptions.class.getRecordComponents())
            .map(RecordComponent::getName)
            .toList();
    assertThat(spans("options.md")).containsAll(components);
  }

  @Test
  void variables_ofTheEnvironment_areAllOnThePage() throws IOException {
    Set<String> variables = inSources(VARIABLE);
    assertThat(variables)
        .contains("LVA_PASSWORD", "LVA_STATE", "AZURE_STORAGE_KEY", "AWS_ENDPOINT_URL_S3");
    assertThat(spans("options.md")).containsAll(variables);
  }

  @ParameterizedTest
  @EnumSource(GapCause.class)
  void causesOfGaps_areAllOnTheTroubleShootingPage(GapCause cause) throws IOException {
    assertThat(spans("troubleshooting.md")).contains(cause.text());
  }

  @ParameterizedTest
  @EnumSource(RtspFailure.Kind.class)
  void codesOfCameraFailures_areAllOnTheTroubleShootingPage(RtspFailure.Kind kind)
      throws IOException {
    GraphEvent event = new RtspFailure(kind, "h", "connect", 0, "m").event("rtsp://h/");
    assertThat(spans("troubleshooting.md")).contains(code(event));
  }

  private static String code(GraphEvent event) {
    if (event instanceof GraphEvent.ProtocolError refused) {
      return refused.code();
    }
    if (event instanceof GraphEvent.AuthorizationError forbidden) {
      return forbidden.errorCode();
    }
    if (event instanceof GraphEvent.MediaFormatError format) {
      return format.code();
    }
    return ((GraphEvent.NetworkError) event).errorCode();
  }
}
