package io.lva.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.graph.GrpcDataTransfer;
import io.lva.graph.GrpcExtension;
import io.lva.graph.Image;
import io.lva.graph.ImageFormat;
import io.lva.graph.TlsEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GrpcExtensionProviderTest {
  /** Returns the files of shared memory that this process has mapped and not deleted. */
  private static List<String> sharedMemory() throws IOException {
    try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      return maps.filter(line -> line.contains("inference_client_share_memory"))
          .filter(line -> !line.endsWith("(deleted)"))
          .toList();
    }
  }

  @Test
  void create_certificateThatCannotBeRead_leavesNoSharedMemory() throws IOException {
    GrpcExtension extension =
        GrpcExtension.at(
            TlsEndpoint.at("tcp://127.0.0.1:1").trusting("no certificate"),
            Image.of(ImageFormat.bmp()),
            GrpcDataTransfer.sharedMemory(1));
    FakeNodeContext context = new FakeNodeContext(1 << 20, extension);
    List<String> before = sharedMemory();
    assertThatThrownBy(() -> new GrpcExtensionProvider().create(extension, context))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ertificate");
    assertThat(sharedMemory()).isEqualTo(before);
  }
}
