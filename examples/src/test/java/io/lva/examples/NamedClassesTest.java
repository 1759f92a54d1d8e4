package io.lva.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.graph.GraphTopology;
import io.lva.graph.MediaOutput;
import io.lva.graph.NodeSpec;
import io.lva.graph.RtspSource;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.Sample;
import io.lva.media.SampleConsumer;
import io.lva.media.TrackSet;
import io.lva.rtspsim.CameraSimulator;
import io.lva.runtime.GraphInstance;
import io.lva.runtime.MediaRuntime;
import io.lva.spi.Inlet;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeProvider;
import io.lva.spi.NodeRuntime;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages name classes and members that exist, and the way of a packet as it is. */
class NamedClassesTest {
  private static final Path ROOT = Judges.projectRoot();
  private static final Pattern NAME =
      Pattern.compile("`(?<type>[A-Z][a-z]+\\w*)(?:\\.(?<member>\\w+))?(?:\\(\\))?`");
  private static final Pattern ROW =
      Pattern.compile(
          "^\\| (?<types>`[^|]+) \\| (?<packages>`io\\.lva[^|]+) \\|", Pattern.MULTILINE);
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final Pattern NESTED =
      Pattern.compile("\\b(?:class|record|interface|enum) (\\w+)");
  private static final String[] JDK = {
    "java.lang.", "java.util.", "java.util.concurrent.", "java.util.concurrent.atomic."
  };

  /** The files that declare a class, by its simple name. */
  private static final Map<String, List<Path>> SOURCES = sources();

  private static Map<String, List<Path>> sources() {
    Map<String, List<Path>> found = new HashMap<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path sources : modules.flatMap(NamedClassesTest::sourcesOf).toList()) {
        try (Stream<Path> files = Files.walk(sources)) {
          for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
            Matcher type = NESTED.matcher(Files.readString(file));
            while (type.find()) {
              found.computeIfAbsent(type.group(1), name -> new ArrayList<>()).add(file);
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static Stream<Path> sourcesOf(Path module) {
    return Stream.of("src/main/java", "src/test/java")
        .map(module::resolve)
        .filter(Files::isDirectory);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "docs/architecture.md",
        "docs/extending.md",
        "docs/performance.md",
        "docs/threading.md",
        "docs/time.md"
      })
  void namesOnAPage_areThoseOfClassesAndTheirMembers(String page) throws IOException {
    Matcher name = NAME.matcher(Files.readString(ROOT.resolve(page)));
    List<String> unknown = new ArrayList<>();
    while (name.find()) {
      if (!exists(name.group("type"), name.group("member"))) {
        unknown.add(name.group());
      }
    }
    assertThat(unknown).as(page).isEmpty();
  }

  private static boolean exists(String type, String member) throws IOException {
    for (Path source : SOURCES.getOrDefault(type, List.of())) {
      if (member == null
          || Pattern.compile("\\b" + member + "\\b").matcher(Files.readString(source)).find()) {
        return true;
      }
    }
    return Stream.of(JDK).anyMatch(prefix -> isLoadable(prefix + type));
  }

  private static boolean isLoadable(String name) {
    try {
      Class.forName(name);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  @Test
  void tablesOfTheArchitecture_nameThePackagesOfTheirClasses() throws IOException {
    Matcher row = ROW.matcher(Files.readString(ROOT.resolve("docs/architecture.md")));
    int found = 0;
    while (row.find()) {
      List<String> packages = quoted(row.group("packages"));
      for (String type : quoted(row.group("types"))) {
        String name = type.replaceFirst("\\..*", "");
        assertThat(SOURCES.getOrDefault(name, List.of()).stream().map(NamedClassesTest::packageOf))
            .as(name)
            .anyMatch(packages::contains);
        found++;
      }
    }
    assertThat(found).isGreaterThan(40);
  }

  private static List<String> quoted(String cell) {
    return QUOTED.matcher(cell).results().map(each -> each.group(1)).toList();
  }

  private static String packageOf(Path source) {
    String path = source.toString().replace('\\', '/');
    String inside = path.substring(path.indexOf("src/main/java/") + "src/main/java/".length());
    return inside.substring(0, inside.lastIndexOf('/')).replace('/', '.');
  }

  @Test
  @Timeout(180)
  void packet_fromSocketToSink_passesTheClassesOfThePageInTheirOrder() throws Exception {
    List<String> passed = classesOnTheWayOfAPacket();
    List<String> expected = new ArrayList<>();
    Matcher row = ROW.matcher(section("## A packet"));
    while (row.find() && !row.group("types").contains("AssetSinkNode")) {
      expected.addAll(quoted(row.group("types")));
    }
    assertThat(expected).hasSizeGreaterThan(10);
    assertThat(passed).containsSubsequence(expected);
  }

  private static String section(String heading) throws IOException {
    String text = Files.readString(ROOT.resolve("docs/architecture.md"));
    int start = text.indexOf(heading);
    return text.substring(start, text.indexOf("\n## ", start + 1));
  }

  /** Each class of this project that is at work when a sink gets a sample, the first one first. */
  private static List<String> classesOnTheWayOfAPacket() throws Exception {
    CompletableFuture<List<String>> passed = new CompletableFuture<>();
    var graph = GraphTopology.builder("Way");
    try (CameraSimulator camera = CameraSimulator.builder().burst(true).start();
        MediaRuntime runtime = MediaRuntime.builder().nodes(new WayProvider(passed)).start()) {
      graph
          .source("camera", RtspSource.at(camera.uri("/pattern").toString()))
          .video()
          .to("way", new Way());
      GraphInstance instance = runtime.instance("way", graph.build(), values -> {});
      instance.activate();
      List<String> frames = passed.get(120, TimeUnit.SECONDS);
      instance.deactivate(Duration.ofSeconds(30));
      return frames;
    }
  }

  /** A sink that looks from where it is called. */
  private record Way() implements NodeSpec.Sink<MediaOutput> {
    static final String TYPE = "#Test.Way";

    @Override
    public String type() {
      return TYPE;
    }
  }

  private record WayProvider(CompletableFuture<List<String>> passed) implements NodeProvider {
    @Override
    public String type() {
      return Way.TYPE;
    }

    @Override
    public NodeRuntime create(NodeSpec spec, NodeContext context) {
      return new WayNode(passed);
    }
  }

  private static final class WayNode implements NodeRuntime, SampleConsumer {
    /** The first samples were held until the clock was known; later ones come straight through. */
    private static final int SAMPLES_BEFORE = 100;

    private final CompletableFuture<List<String>> passed;
    private int samples;

    WayNode(CompletableFuture<List<String>> passed) {
      this.passed = passed;
    }

    @Override
    public List<Inlet> inputs() {
      return List.of(Inlet.media(this));
    }

    @Override
    public void start() {}

    @Override
    public void sample(Sample sample) {
      if (samples++ == SAMPLES_BEFORE) {
        List<String> classes = new ArrayList<>();
        for (StackTraceElement frame : new Throwable().getStackTrace()) {
          String name = frame.getClassName();
          if (name.startsWith("io.lva.")) {
            classes.add(name.substring(name.lastIndexOf('.') + 1));
          }
        }
        Collections.reverse(classes);
        passed.complete(classes);
      }
    }

    @Override
    public void tracks(TrackSet tracks) {}

    @Override
    public void gapOpened(Gap gap) {}

    @Override
    public void gapClosed(Gap gap) {}

    @Override
    public void end(GapCause cause) {}

    @Override
    public CompletionStage<Void> stop(Duration deadline) {
      return CompletableFuture.completedFuture(null);
    }
  }
}
