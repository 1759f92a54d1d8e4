package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PageOptionsTest {
  /** An address for documentation, which no machine has (RFC 5737). */
  private static final String NOBODY = "192.0.2.1";

  @TempDir private Path folder;

  private void assertRefused(String message, String... options) {
    PageOptions page = CommandLine.populateCommand(new PageOptions(), options);
    URI store = folder.toUri();
    assertThatThrownBy(() -> page.serve(store, new Monitor(store)))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith(message);
  }

  private static InetSocketAddress at(String address) throws Exception {
    return new InetSocketAddress(InetAddress.getByName(address), 8080);
  }

  @Test
  void urls_oneAddress_isThatOne() throws Exception {
    assertThat(PageOptions.urls(at("127.0.0.1"))).containsExactly("http://127.0.0.1:8080/");
    assertThat(PageOptions.urls(at("::1"))).containsExactly("http://[0:0:0:0:0:0:0:1]:8080/");
  }

  @Test
  void urls_allAddresses_areThoseThatOtherMachinesCanOpen() throws Exception {
    List<String> urls = PageOptions.urls(at("0.0.0.0"));
    assertThat(urls.get(0)).isEqualTo("http://localhost:8080/");
    List<InetAddress> others =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
            .toList();
    assertThat(urls).hasSize(1 + others.size());
    for (InetAddress other : others) {
      String text = other.getHostAddress().replaceFirst("%.*", "");
      assertThat(urls).anyMatch(url -> url.contains(text));
    }
    assertThat(urls).noneMatch(url -> url.contains("0.0.0.0") || url.contains("%"));
  }

  @Test
  void serve_addressOfAnotherMachine_saysWhereItCannotListen() {
    assertRefused("cannot listen on " + NOBODY + ": ", "--address", NOBODY);
    assertRefused(
        "cannot listen on " + NOBODY + " port 9400: ", "--address", NOBODY, "--port", "9400");
  }
}
