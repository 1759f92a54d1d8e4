package io.lva.examples.cli;

import io.lva.asset.store.FailureReason;
import io.lva.graph.TlsEndpoint;
import io.lva.graph.TlsValidationOptions;
import io.lva.rtsp.TlsTrust;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which certificates of a camera are trusted over TLS.
 *
 * @param certificates the file of certificates to trust, in PEM form; if empty, those that this
 *     machine trusts
 * @param ignoreHostname whether the certificate may name another host
 * @param ignoreSignature whether the certificate may be signed by somebody who is not trusted
 */
record CameraTrust(Optional<Path> certificates, boolean ignoreHostname, boolean ignoreSignature) {
  private static final int LARGEST_BYTES = 1 << 20;

  /** What this machine trusts, validated strictly. */
  static final CameraTrust OF_MACHINE = new CameraTrust(Optional.empty(), false, false);

  /**
   * Returns the endpoint of a camera.
   *
   * @throws CommandFailure when the file of certificates cannot be used
   */
  TlsEndpoint endpoint(String url) {
    TlsEndpoint endpoint =
        TlsEndpoint.at(url)
            .validation(
                TlsValidationOptions.STRICT
                    .ignoreHostname(ignoreHostname)
                    .ignoreSignature(ignoreSignature));
    trust(); // a file that holds no certificate is named here
    return certificates.map(file -> endpoint.trusting(text(file))).orElse(endpoint);
  }

  /**
   * Returns what a connection trusts.
   *
   * @throws CommandFailure when the file of certificates cannot be used
   */
  TlsTrust trust() {
    List<String> texts = certificates.map(CameraTrust::text).stream().toList();
    try {
      return TlsTrust.of(texts, ignoreHostname, ignoreSignature);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(certificates.orElseThrow() + " holds no certificate in PEM form", e);
    }
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > LARGEST_BYTES) {
        throw new CommandFailure(file + " is too large for certificates");
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new CommandFailure(
          "cannot read the certificates in " + file + ": " + FailureReason.of(e), e);
    }
  }
}
