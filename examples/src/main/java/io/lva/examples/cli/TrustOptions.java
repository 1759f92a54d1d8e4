package io.lva.examples.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which certificates of cameras are trusted; they count for {@code rtsps} URLs. */
final class TrustOptions {
  @Option(
      names = "--trusted-certificates",
      paramLabel = "FILE",
      description =
          "For rtsps: PEM file of the certificates to trust, those of the cameras or of their"
              + " issuers (default: what this machine trusts).")
  private @Nullable Path certificates;

  @Option(
      names = "--ignore-hostname",
      description = "For rtsps: accept a certificate of another host name.")
  private boolean ignoreHostname;

  @Option(
      names = "--ignore-signature",
      description = "For rtsps: accept a certificate that nobody trusted has signed.")
  private boolean ignoreSignature;

  boolean isGiven() {
    return certificates != null || ignoreHostname || ignoreSignature;
  }

  CameraTrust trust() {
    return new CameraTrust(Optional.ofNullable(certificates), ignoreHostname, ignoreSignature);
  }
}
