package io.lva.processor;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.media.CodecParameters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The decoders of a runtime: as many as have decoded at the same time, shared by all cameras. A
 * decoder that failed or hangs is not used again.
 *
 * <p>Thread-safe.
 */
final class DecoderPool implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(DecoderPool.class.getName());

  private final List<PictureDecoderProvider> providers;

  @GuardedBy("this")
  private final Map<PictureDecoderProvider, Deque<PictureDecoder>> idle = new HashMap<>();

  @GuardedBy("this")
  private boolean closed;

  DecoderPool(List<PictureDecoderProvider> providers) {
    this.providers =
        providers.stream()
            .sorted(Comparator.comparingInt(PictureDecoderProvider::priority).reversed())
            .toList();
  }

  /** Finds the installed decoders; one that cannot be loaded is left out. */
  static DecoderPool installed() {
    List<PictureDecoderProvider> found = new ArrayList<>();
    ServiceLoader.load(PictureDecoderProvider.class, DecoderPool.class.getClassLoader()).stream()
        .forEach(
            provider -> {
              try {
                found.add(provider.get());
              } catch (ServiceConfigurationError | LinkageError e) {
                LOGGER.log(
                    System.Logger.Level.WARNING, "A picture decoder cannot be loaded: {0}", e);
              }
            });
    return new DecoderPool(found);
  }

  /** Returns the provider to use for a track. */
  Optional<PictureDecoderProvider> of(CodecParameters parameters) {
    return providers.stream().filter(provider -> provider.supports(parameters)).findFirst();
  }

  /** Decodes on the calling thread, which may take a long time. */
  <T> T decode(PictureDecoderProvider provider, EncodedPicture encoded, Function<Picture, T> use)
      throws PictureException {
    PictureDecoder decoder = take(provider);
    boolean healthy = false;
    try {
      T result = decoder.decode(encoded, use);
      healthy = true;
      return result;
    } finally {
      if (!healthy || !giveBack(provider, decoder)) {
        decoder.close();
      }
    }
  }

  private PictureDecoder take(PictureDecoderProvider provider) {
    synchronized (this) {
      Deque<PictureDecoder> known = idle.get(provider);
      @Nullable PictureDecoder decoder = known == null ? null : known.pollFirst();
      if (decoder != null) {
        return decoder;
      }
    }
    return provider.create();
  }

  private synchronized boolean giveBack(PictureDecoderProvider provider, PictureDecoder decoder) {
    if (closed) {
      return false;
    }
    idle.computeIfAbsent(provider, any -> new ArrayDeque<>()).addFirst(decoder);
    return true;
  }

  @Override
  public synchronized void close() {
    closed = true;
    idle.values().forEach(decoders -> decoders.forEach(PictureDecoder::close));
    idle.clear();
  }
}
