package io.lva.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.graph.FileSink;
import io.lva.graph.RtspSource;
import io.lva.spi.NodeProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeProvidersTest {
  @TempDir private Path folder;

  /** A provider whose library is not there. */
  public static final class Incomplete implements NodeProvider {
    /** Fails as the virtual machine does. */
    public Incomplete() {
      throw new NoClassDefFoundError("org/contoso/Codec");
    }

    @Override
    public String type() {
      return "#Contoso.Never";
    }

    @Override
    public io.lva.spi.NodeRuntime create(
        io.lva.graph.NodeSpec spec, io.lva.spi.NodeContext context) {
      throw new IllegalStateException("never made");
    }
  }

  /** Loads the provider itself, as something that was added to the class path. */
  private static final class Installed extends URLClassLoader {
    Installed(URL folder) {
      super(new URL[] {folder}, NodeProvidersTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.equals(Incomplete.class.getName())) {
        return super.loadClass(name, resolve);
      }
      try (InputStream file =
          NodeProvidersTest.class.getResourceAsStream("NodeProvidersTest$Incomplete.class")) {
        byte[] bytes = Objects.requireNonNull(file).readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  private NodeProviders find(List<NodeProvider> registered, String... services) throws IOException {
    Path file = folder.resolve("META-INF/services/" + NodeProvider.class.getName());
    Files.createDirectories(file.resolveSibling("."));
    Files.write(file, List.of(services));
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (Installed loader = new Installed(folder.toUri().toURL())) {
      thread.setContextClassLoader(loader);
      return NodeProviders.find(registered);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void find_providersThatCannotBeLoaded_othersWorkAndTheReasonIsTold() throws IOException {
    NodeProviders providers =
        find(List.of(FakeNode.source()), Incomplete.class.getName(), "org.contoso.NotThere");
    PlannedNode camera = new PlannedNode("camera", "sources", RtspSource.at("rtsp://c"), List.of());
    assertThat(providers.of(camera)).isNotNull();
    PlannedNode files =
        new PlannedNode("files", "sinks", FileSink.path("/tmp/${System.DateTime}"), List.of());
    assertThatThrownBy(() -> providers.of(files))
        .isInstanceOf(ActivationException.class)
        .hasMessageContaining("'files'")
        .hasMessageContaining("#Microsoft.Media.MediaGraphFileSink")
        .hasMessageContaining("Register a NodeProvider")
        .hasMessageContaining("org.contoso.Codec")
        .hasMessageContaining("org.contoso.NotThere");
  }
}
