package io.lva.examples.cli;

import io.lva.graph.Transport;
import picocli.CommandLine.Option;

/** How media of a camera travels. */
final class TransportOption {
  @Option(
      names = "--transport",
      paramLabel = "tcp|udp|multicast|http|auto",
      defaultValue = "tcp",
      description =
          "How media travels. udp and multicast turn to tcp when the camera refuses them or nothing"
              + " arrives within 3 s; auto takes tcp, and udp where tcp is refused; http is RTSP"
              + " tunnelled through HTTP.")
  private Transport transport = Transport.TCP;

  Transport transport() {
    return transport;
  }
}
