package io.lva.examples.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.examples.judge.LvaProcess;
import io.lva.iot.testkit.EdgeHubEmulator;
import io.lva.iot.testkit.HubEvent;
import io.lva.iot.testkit.HubIdentity;
import io.lva.iot.testkit.ServiceApi;
import io.lva.rtspsim.CameraSimulator;
import io.lva.testkit.Judges;
import io.lva.testkit.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console programs of the tutorial, with Microsoft's SDKs, against the emulated hub. */
class ConsoleProgramIT {
  private static final HubIdentity LVA = HubIdentity.of("lva-sample-device", "lvaEdge");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final char[] STORE_PASSWORD = "of a test".toCharArray();

  /** The service SDK knows no other port. */
  private static final int HTTPS = 443;

  @TempDir private Path folder;

  @Test
  void program_operationsOfTheTutorial_callsEachAndWaitsForEnter() throws Exception {
    String text = played(this::javaProgram);
    assertThat(text)
        .containsSubsequence(
            "Calling GraphTopologySet",
            "\u001b[32mStatus: 201",
            "Calling GraphInstanceActivate",
            "\u001b[32mStatus: 200",
            "\u001b[33mThe graph instance has been activated.",
            "Calling GraphInstanceDeactivate",
            "Calling GraphTopologyList")
        .contains("\"value\" : \"****\"")
        .doesNotContain("testpassword", "\u001b[31m");
  }

  @Test
  void nodeProgram_operationsOfTheTutorial_statusesOfTheTutorial() throws Exception {
    Judges.requireNodePackages("azure-iothub");
    assertThat(played(this::nodeProgram).lines().map(line -> line.replaceFirst(" [{n].*", "")))
        .containsExactly(
            "GraphTopologyList 200",
            "GraphInstanceList 200",
            "GraphTopologySet 201",
            "GraphInstanceSet 201",
            "GraphInstanceActivate 200",
            "GraphInstanceList 200",
            "The graph instance has been activated. Press Enter to continue and deactivate the"
                + " graph instance.",
            "GraphInstanceDeactivate 200",
            "GraphInstanceDelete 200",
            "GraphInstanceList 200",
            "GraphTopologyDelete 200",
            "GraphTopologyList 200");
  }

  @Test
  void monitor_eventsAtTheBuiltInEndpoint_thoseOfTheModulePrinted() throws Exception {
    try (EdgeHubEmulator hub = EdgeHubEmulator.start(folder.resolve("hub"), LVA);
        EventEndpoint endpoint = EventEndpoint.start(hub, folder)) {
      Path settings =
          Files.writeString(
              folder.resolve("appsettings.json"),
              JSON.createObjectNode()
                  .put("EventHubConnectionString", endpoint.connectionString())
                  .put("deviceId", LVA.device())
                  .put("moduleId", LVA.module())
                  .toString());
      Process monitor =
          javaProgram(hub, "WatchEvents", settings)
              .redirectErrorStream(true)
              .redirectOutput(printed().toFile())
              .start();
      try {
        endpoint.awaitConsumer();
        endpoint.send(HubIdentity.of(LVA.device(), "other"), event("RecordingStarted"));
        endpoint.send(HubIdentity.of("other", LVA.module()), event("RecordingStarted"));
        endpoint.send(LVA, event("RecordingAvailable"));
        endpoint.send(LVA, event("RecordingStopped"));
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (Files.readString(printed()).lines().count() < 4 && System.nanoTime() < end) {
          assertThat(monitor.waitFor(50, TimeUnit.MILLISECONDS)).as("it goes on").isFalse();
        }
      } finally {
        monitor.destroyForcibly();
      }
    }
    String body = "{\"outputType\":\"assetName\"}";
    assertThat(
            Files.readString(printed()).lines().map(line -> line.replaceAll("\u001b\\[\\d*m", "")))
        .containsExactly(
            "2026-11-29T12:00:00Z Microsoft.Media.Graph.Operational.RecordingAvailable"
                + " /graphInstances/Sample-Graph-1/sinks/assetSink",
            body,
            "2026-11-29T12:00:00Z Microsoft.Media.Graph.Operational.RecordingStopped"
                + " /graphInstances/Sample-Graph-1/sinks/assetSink",
            body);
  }

  private static HubEvent event(String type) {
    return new HubEvent(
        "AmsOperational",
        Map.of(),
        Map.of(
            "eventTime",
            "2026-11-29T12:00:00Z",
            "eventType",
            "Microsoft.Media.Graph.Operational." + type,
            "subject",
            "/graphInstances/Sample-Graph-1/sinks/assetSink"),
        "{\"outputType\":\"assetName\"}");
  }

  /** A program that plays operations. */
  @FunctionalInterface
  private interface Program {
    ProcessBuilder with(EdgeHubEmulator hub, Path settings, Path operations) throws Exception;
  }

  /** Plays the tutorial's operations, with Enter once there is a recording; returns the output. */
  private String played(Program program) throws Exception {
    try (EdgeHubEmulator hub = EdgeHubEmulator.start(folder.resolve("hub"), LVA);
        ServiceApi service = serviceApi(hub);
        CameraSimulator camera =
            CameraSimulator.builder().credentials("testuser", "testpassword").start();
        LvaProcess lva =
            LvaProcess.start(
                folder,
                hub.developmentEnvironment(LVA),
                "edge",
                "--state",
                folder.resolve("state").toString(),
                "--metrics-port",
                "0")) {
      hub.patchDesired(
          LVA,
          """
          {"applicationDataDirectory": "%s", "operationalEventsOutputName": "AmsOperational",
           "allowUnsecuredEndpoints": true}\
          """
              .formatted(folder.resolve("data")));
      assertThat(hub.awaitModule(LVA, PATIENCE)).as(lva.output()).isTrue();
      Process process =
          program
              .with(hub, settings(service), operations(camera.uri("/pattern").toString()))
              .redirectErrorStream(true)
              .redirectOutput(printed().toFile())
              .start();
      try (OutputStream keyboard = process.getOutputStream()) {
        hub.awaitEvent(event -> event.eventType().endsWith("RecordingAvailable"), PATIENCE);
        assertThat(Files.readString(printed())).contains("Press Enter");
        keyboard.write('\n');
        keyboard.flush();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      } finally {
        process.destroyForcibly();
      }
      String text = Files.readString(printed());
      assertThat(process.exitValue()).as(text).isZero();
      return text;
    }
  }

  private static ServiceApi serviceApi(EdgeHubEmulator hub) throws IOException {
    try {
      return ServiceApi.start(hub, HTTPS);
    } catch (BindException e) {
      Judges.require(
          false, "port 443 may not be used here: sysctl net.ipv4.ip_unprivileged_port_start=443");
      throw e;
    }
  }

  private Path settings(ServiceApi service) throws IOException {
    ObjectNode settings =
        JSON.createObjectNode()
            .put("IoThubConnectionString", service.connectionString())
            .put("deviceId", LVA.device())
            .put("moduleId", LVA.module());
    return Files.writeString(folder.resolve("appsettings.json"), settings.toString());
  }

  /** Writes the tutorial's operations, with this camera and with the topology beside them. */
  private Path operations(String cameraUrl) throws IOException {
    Files.write(
        folder.resolve("topology.json"),
        SharedData.bytes("topologies/cvr-asset/1.0/topology.json"));
    JsonNode file = JSON.readTree(SharedData.bytes("contract/operations-cvr.json"));
    for (JsonNode operation : file.path("operations")) {
      if (operation.path("opParams") instanceof ObjectNode parameters
          && parameters.remove("topologyUrl") != null) {
        parameters.put("topologyFile", "topology.json");
      }
    }
    String text = file.toString().replace("rtsp://rtspsim:554/media/camera-300s.mkv", cameraUrl);
    return Files.writeString(folder.resolve("operations.json"), text);
  }

  private Path printed() {
    return folder.resolve("printed.txt");
  }

  private ProcessBuilder javaProgram(EdgeHubEmulator hub, Path settings, Path operations)
      throws Exception {
    return javaProgram(hub, "CallDirectMethods", settings, operations);
  }

  private ProcessBuilder javaProgram(EdgeHubEmulator hub, String name, Path... arguments)
      throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djavax.net.ssl.trustStore=" + trusting(hub.authority()),
                "-Djavax.net.ssl.trustStorePassword=" + String.valueOf(STORE_PASSWORD),
                "-Dpicocli.ansi=true",
                "-cp",
                System.getProperty("lva.jar"),
                "io.lva.examples." + name));
    for (Path argument : arguments) {
      command.add(argument.toString());
    }
    return new ProcessBuilder(command);
  }

  private ProcessBuilder nodeProgram(EdgeHubEmulator hub, Path settings, Path operations) {
    ProcessBuilder builder =
        new ProcessBuilder(
            "node",
            Judges.projectRoot().resolve("judges/console-program.cjs").toString(),
            settings.toString(),
            operations.toString());
    builder.environment().put("NODE_EXTRA_CA_CERTS", hub.authority().toString());
    return builder;
  }

  private Path trusting(Path authority) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(authority)) {
      store.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    Path file = folder.resolve("trust.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, STORE_PASSWORD);
    }
    return file;
  }
}
