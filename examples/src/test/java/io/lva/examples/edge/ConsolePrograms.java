package io.lva.examples.edge;

import io.lva.iot.testkit.EdgeHub;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Programs that reach a hub through the service SDKs of Microsoft, and trust its authority. They
 * run in a folder with their settings and print to a file there.
 */
record ConsolePrograms(EdgeHub hub, Path folder) {
  private static final char[] STORE_PASSWORD = "of a test".toCharArray();

  /** Starts a program of this project with the command of its page. */
  Process java(PageCommand command) throws IOException, GeneralSecurityException {
    List<String> words = new ArrayList<>(Arrays.asList(command.words()));
    words.addAll(
        1,
        List.of(
            "-Djavax.net.ssl.trustStore=" + trusting(hub.authority()),
            "-Djavax.net.ssl.trustStorePassword=" + String.valueOf(STORE_PASSWORD),
            "-Dpicocli.ansi=true"));
    return start(new ProcessBuilder(words));
  }

  /** Starts the tutorial's program for Node. */
  Process node() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            "node",
            Judges.projectRoot().resolve("judges/console-program.cjs").toString(),
            "appsettings.json",
            "operations.json");
    builder.environment().put("NODE_EXTRA_CA_CERTS", hub.authority().toString());
    return start(builder);
  }

  /** Returns what was printed so far. */
  String printed() throws IOException {
    return Files.readString(output());
  }

  private Process start(ProcessBuilder builder) throws IOException {
    return builder
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output().toFile())
        .start();
  }

  private Path output() {
    return folder.resolve("printed.txt");
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
