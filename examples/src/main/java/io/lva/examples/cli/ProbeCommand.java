package io.lva.examples.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.rtsp.ProbeReport;
import io.lva.rtsp.RtspCredentials;
import io.lva.rtsp.RtspException;
import io.lva.rtsp.RtspOptions;
import io.lva.rtsp.RtspUrl;
import io.lva.rtsp.SeenDeviation;
import io.lva.rtsp.net.NettyLoopGroup;
import io.lva.rtsp.net.RtspProbe;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what a camera offers, what it sends, and where it deviates from the standards. */
@Command(
    name = "probe",
    mixinStandardHelpOptions = true,
    description = "Connects, plays three seconds and tells what the camera offers and sends.")
final class ProbeCommand implements Callable<Integer> {
  private static final Duration LENGTH = Duration.ofSeconds(3);

  @Parameters(
      paramLabel = "URL",
      description = "Camera: rtsp://host[:port]/path, or rtsps:// for TLS.")
  private String url = "";

  @Mixin private LoginOptions login = new LoginOptions();
  @Mixin private TransportOption transport = new TransportOption();
  @Mixin private TrustOptions trust = new TrustOptions();

  @Option(names = "--json", description = "Print one line of JSON.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    RtspOptions options = options();
    try (NettyLoopGroup loops = NettyLoopGroup.start(1)) {
      ProbeReport report =
          RtspProbe.run(loops.next(), options, LENGTH).toCompletableFuture().join();
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(JsonOutput.line(asJson(report)));
      } else {
        print(report, out);
      }
      out.flush();
      if (report.failure().isPresent()) {
        throw new CommandFailure(report.failure().get().message());
      }
      return 0;
    } catch (CompletionException e) {
      if (e.getCause() instanceof RtspException refused) {
        throw new CommandFailure(String.valueOf(refused.getMessage()), refused);
      }
      throw e;
    }
  }

  private RtspOptions options() {
    try {
      RtspOptions options =
          RtspOptions.of(RtspUrl.parse(CameraLink.checked(url)))
              .withTransport(transport.transport())
              .withTrust(trust.trust().trust());
      return login
          .login()
          .map(each -> options.withCredentials(RtspCredentials.of(each.user(), each.password())))
          .orElse(options);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          "the camera URL cannot be read (" + e.getMessage() + "): expected rtsp://host/path", e);
    }
  }

  private static ObjectNode asJson(ProbeReport report) {
    ObjectNode node = JsonOutput.object();
    node.put("url", report.url());
    JsonOutput.put(node, "server", report.server());
    node.put("transport", report.transport());
    ArrayNode tracks = node.putArray("tracks");
    for (ProbeReport.Track track : report.tracks()) {
      ObjectNode each = tracks.addObject();
      each.put("id", track.id());
      each.put("media", track.media());
      JsonOutput.put(each, "encoding", track.encoding());
      JsonOutput.put(each, "codec", track.codec());
      JsonOutput.put(each, "width", track.width());
      JsonOutput.put(each, "height", track.height());
      JsonOutput.put(each, "clockRate", track.clockRate());
      JsonOutput.put(each, "payloadType", track.payloadType());
      JsonOutput.put(each, "control", track.control());
      JsonOutput.put(each, "parameterSets", track.parameterSets());
    }
    ArrayNode deviations = node.putArray("deviations");
    for (SeenDeviation seen : report.deviations()) {
      deviations
          .addObject()
          .put("name", seen.deviation().text())
          .put("sentence", seen.deviation().sentence())
          .put("count", seen.count())
          .put("evidence", seen.evidence())
          .put("first", seen.first());
    }
    ProbeReport.Measured measured = report.measured();
    node.putObject("measured")
        .put("seconds", measured.seconds())
        .put("frames", measured.frames())
        .put("fps", measured.fps())
        .put("bitsPerSecond", measured.bitsPerSecond())
        .put("lostPackets", measured.lostPackets());
    report.failure().ifPresent(failure -> node.put("failure", failure.message()));
    return node;
  }

  private static void print(ProbeReport report, PrintWriter out) {
    out.println(report.url());
    out.println("transport   " + report.transport());
    out.println("server      " + report.server().orElse("does not say"));
    for (ProbeReport.Track track : report.tracks()) {
      StringBuilder line =
          new StringBuilder(String.format(Locale.ROOT, "track %-5d %s", track.id(), track.media()));
      track.codec().or(track::encoding).ifPresent(codec -> line.append(' ').append(codec));
      track.width().ifPresent(width -> line.append(' ').append(width).append('x'));
      track.height().ifPresent(line::append);
      track.parameterSets().ifPresent(where -> line.append(", parameter sets: ").append(where));
      out.println(line);
    }
    if (report.failure().isEmpty()) {
      print(report.measured(), out);
    }
    report.deviations().forEach(seen -> out.println("deviation   " + seen.line()));
    if (report.deviations().isEmpty()) {
      out.println("deviations  none");
    }
  }

  private static void print(ProbeReport.Measured measured, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "measured    %s in %.1f s: %.2f fps, %.2f Mbit/s, %s lost%n",
        HumanText.count(measured.frames(), "frame"),
        measured.seconds(),
        measured.fps(),
        measured.bitsPerSecond() / 1e6,
        HumanText.count(measured.lostPackets(), "packet"));
  }
}
