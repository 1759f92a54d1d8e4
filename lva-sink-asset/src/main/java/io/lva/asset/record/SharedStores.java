package io.lva.asset.record;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.asset.store.AssetStore;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The stores that the sinks of a runtime opened, and a number for each sink.
 *
 * <p>Thread-safe.
 */
final class SharedStores implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(SharedStores.class.getName());

  private final AtomicInteger sinks = new AtomicInteger();

  @GuardedBy("this")
  private final Map<URI, AssetStore> stores = new HashMap<>();

  /** Opens a store, once per URI. */
  synchronized AssetStore open(URI uri) throws IOException {
    AssetStore known = stores.get(uri);
    if (known == null) {
      known = AssetStore.open(uri);
      stores.put(uri, known);
    }
    return known;
  }

  /** Numbers the sinks of the runtime, so that they do not all do the same work at once. */
  int nextSink() {
    return sinks.getAndIncrement();
  }

  @Override
  public synchronized void close() {
    for (AssetStore store : stores.values()) {
      try {
        store.close();
      } catch (IOException e) {
        LOGGER.log(System.Logger.Level.WARNING, store.uri() + " was not closed", e);
      }
    }
    stores.clear();
  }
}
