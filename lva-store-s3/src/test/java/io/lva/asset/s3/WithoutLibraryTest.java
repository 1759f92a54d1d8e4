package io.lva.asset.s3;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.asset.store.AssetStore;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The module alone, as somebody has it who excluded what it depends on. */
class WithoutLibraryTest {
  private static URL[] pathWithoutLibrary() throws IOException {
    String all =
        System.getProperty("java.class.path")
            + File.pathSeparator
            + System.getProperty("jdk.module.path", "");
    List<URL> urls = new ArrayList<>();
    for (String entry : all.split(File.pathSeparator, -1)) {
      if (!entry.isEmpty() && !entry.contains("awssdk")) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    return urls.toArray(URL[]::new);
  }

  @Test
  void open_libraryIsMissing_saysWhichOne() throws Exception {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(pathWithoutLibrary(), ClassLoader.getPlatformClassLoader())) {
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
