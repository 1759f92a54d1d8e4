package io.lva.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the compiler over programs: wrong wiring does not compile, right wiring does. */
class WiringTest {
  private static final String PROGRAM =
      """
      import io.lva.graph.*;
      import java.time.Duration;
      class Program {
        static void wire(TopologyBuilder g, Parameter<Secret> secret, Parameter<String> text) {
          var camera = g.source("camera", RtspSource.at(text));
          var motion = camera.video().via("motion", MotionDetection.create());
          var gate = SignalGate.open(Duration.ofSeconds(30), Duration.ofSeconds(30));
          var hub = IotHubMessageSink.output("events");
          var asset = AssetSink.named("a-${System.DateTime}");
          %s
        }
      }
      """;

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          events into an asset sink      | motion.events().to("s", asset);                                        | AssetSink cannot be converted to Sink<? super EventOutput>
          media into a message sink      | camera.video().to("s", hub);                                           | IotHubMessageSink cannot be converted to Sink<? super MediaOutput>
          a gate with one input          | camera.video().via("g", gate);                                         | SignalGate cannot be converted to Processor<? super MediaOutput,O>
          swapped inputs of a gate       | g.process("g", gate, new SignalGate.Ports(camera, motion.events()));   | MediaOutput cannot be converted to EventOutput
          outputs used as an output      | motion.to("s", asset);                                                 | cannot find symbol;method to
          a sink in via                  | camera.via("s", asset);                                                | AssetSink;Processor<? super MediaOutput,O>
          a sink as a source             | g.source("s", asset);                                                  | AssetSink;Source<O>
          chaining after a sink          | camera.to("s", asset).to("t", asset);                                  | void cannot be dereferenced
          a secret parameter as a URL    | RtspSource.at(secret);                                                 | Parameter<Secret> cannot be converted to Parameter<String>
          events through a media filter  | motion.events().via("f", FrameRateFilter.maximumFps(1));               | FrameRateFilter;Processor<? super EventOutput,O>
          """)
  void compile_wrongWiring_isRefused(String name, String statement, String words)
      throws IOException, URISyntaxException {
    String message = compile(statement);
    assertThat(message).as(name).contains("1 error");
    assertThat(message.lines().filter(line -> line.contains("error:"))).hasSize(1);
    for (String part : words.split(";", -1)) {
      assertThat(message).as(name).contains(part.trim());
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          continuous | camera.video().to("s", asset);
          gated      | g.process("g", gate, new SignalGate.Ports(motion.events(), camera.video())).video().to("s", asset); motion.events().to("h", hub);
          """)
  void compile_rightWiring_isAccepted(String name, String statements)
      throws IOException, URISyntaxException {
    assertThat(compile(statements)).as(name).isEmpty();
  }

  @Test
  void compile_secretAsPassword_isAccepted() throws IOException, URISyntaxException {
    assertThat(compile("RtspSource.at(text).credentials(text, secret);")).isEmpty();
  }

  /** Returns what the compiler says: nothing when it accepts the program. */
  private String compile(String statements) throws IOException, URISyntaxException {
    Path source = folder.resolve("Program.java");
    Files.writeString(source, PROGRAM.formatted(statements));
    StringWriter words = new StringWriter();
    ToolProvider compiler = ToolProvider.findFirst("javac").orElseThrow();
    Locale before = Locale.getDefault();
    try (PrintWriter out = new PrintWriter(words)) {
      Locale.setDefault(Locale.ENGLISH);
      compiler.run(
          out,
          out,
          "-classpath",
          classes(),
          "-proc:none",
          "-nowarn",
          "-d",
          folder.toString(),
          source.toString());
    } finally {
      Locale.setDefault(before);
    }
    return words.toString();
  }

  private static String classes() throws IOException, URISyntaxException {
    return Path.of(GraphTopology.class.getProtectionDomain().getCodeSource().getLocation().toURI())
        .toString();
  }
}
