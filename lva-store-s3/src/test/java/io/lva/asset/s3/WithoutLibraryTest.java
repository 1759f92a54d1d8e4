package io.lva.asset.s3;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.asset.store.AssetStore;
import io.lva.fmp4.ByteSource;
import io.lva.spi.Clock;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The module without the AWS SDK, as somebody has it who excluded what it depends on. */
class WithoutLibraryTest {
  private static URL[] ownModules() {
    return Stream.of(S3StoreProvider.class, AssetStore.class, ByteSource.class, Clock.class)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
        .toArray(URL[]::new);
  }

  @Test
  void open_libraryIsMissing_saysWhichOne() throws Exception {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    // Without a parent: those of the platform know the modules of this process.
    try (URLClassLoader loader = new URLClassLoader(ownModules(), null)) {
      Thread.currentThread().setContextClassLoader(loader);
      Method open = loader.loadClass(AssetStore.class.getName()).getMethod("open", URI.class);

      assertThatThrownBy(() -> open.invoke(null, URI.create("s3:videos")))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("'s3:' needs a library that is missing (software/amazon/awssdk/");
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }
}
