package io.lva.examples.edge;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.iot.testkit.EdgeHub;
import io.lva.iot.testkit.HubEvent;
import io.lva.iot.testkit.HubIdentity;
import io.lva.testkit.Judges;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The built-in event endpoint of an IoT hub, for the consumers of Microsoft's Event Hubs SDKs. */
final class EventEndpoint implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String address;
  private final Process process;
  private final BufferedReader output;
  private final BufferedWriter input;
  private final String port;

  private EventEndpoint(String address, Process process) throws IOException {
    this.address = address;
    this.process = process;
    output = process.inputReader();
    input = process.outputWriter();
    port = output.readLine();
  }

  /** Starts at the address of a hub, with its certificate. */
  static EventEndpoint start(EdgeHub hub, Path folder) throws IOException {
    Judges.require("node");
    Judges.requireNodePackages("rhea");
    List<Path> certificate = hub.writeServerCertificate(folder);
    Process process =
        new ProcessBuilder(
                "node",
                Judges.projectRoot().resolve("judges/event-endpoint.cjs").toString(),
                hub.address(),
                certificate.get(0).toString(),
                certificate.get(1).toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new EventEndpoint(hub.address(), process);
  }

  String connectionString() {
    return "Endpoint=sb://%s:%s/;SharedAccessKeyName=iothubowner;SharedAccessKey=a2V5;EntityPath=hub"
        .formatted(address, port);
  }

  /** Waits until somebody reads. */
  void awaitConsumer() throws IOException {
    if (!"consumer".equals(output.readLine())) {
      throw new IOException("the endpoint has ended");
    }
  }

  /** Sends an event of a module to those who read. */
  void send(HubIdentity module, HubEvent event) throws IOException {
    ObjectNode json =
        JSON.createObjectNode()
            .put("body", event.body())
            .put("device", module.device())
            .put("module", module.module());
    json.set("properties", JSON.valueToTree(event.properties()));
    input.write(json + "\n");
    input.flush();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
