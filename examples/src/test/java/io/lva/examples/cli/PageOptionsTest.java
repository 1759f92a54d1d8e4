package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageOptionsTest {
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
}
