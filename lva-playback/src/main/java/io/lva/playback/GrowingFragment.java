package io.lva.playback;

import io.lva.asset.Fragment;
import io.lva.playback.address.MediaAddress;
import io.lva.playback.address.PlaybackException;
import io.lva.playback.http.BodyReader;
import io.lva.playback.http.Response;
import io.lva.playback.window.PlayableAsset;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A fragment that is sent while it is recorded, part by part. It ends with the fragment, or with
 * what has been written so far when nothing more comes for a while.
 *
 * @param route reads what has been written
 * @param asset that is being recorded
 * @param address of the fragment
 */
record GrowingFragment(MediaRoute route, PlayableAsset asset, MediaAddress address)
    implements Response.Body {
  /** How long to wait for more: a recorder ends the file of a camera that is silent for longer. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

  @Override
  public OptionalLong size() {
    return OptionalLong.empty();
  }

  @Override
  public BodyReader open(long offset, long length) {
    return new Reader();
  }

  /**
   * What has been written of the fragment.
   *
   * @param fragment up to now
   * @param complete whether nothing follows
   */
  private record Written(Fragment fragment, boolean complete) {
    long end() {
      return fragment.offset() + fragment.lengthBytes();
    }
  }

  /** Returns what has been written; empty when the fragment was deleted in the meantime. */
  private Optional<Written> written() throws IOException {
    Optional<Fragment> complete = MediaRoute.find(asset, address);
    if (complete.isPresent()) {
      return complete.map(fragment -> new Written(fragment, /* complete= */ true));
    }
    return asset
        .lastEdge()
        .flatMap(edge -> edge.find(address.run(), address.sequence()))
        .flatMap(row -> row.growing(address.trackId()))
        .filter(fragment -> fragment.number() == address.number())
        .map(fragment -> new Written(fragment, /* complete= */ false));
  }

  /** Sends the fragment in stretches: each is what was written since the one before. */
  private final class Reader implements BodyReader {
    private Response.@Nullable Body body;
    private @Nullable BodyReader stretch;
    private long reached;
    private boolean silent;

    @Override
    public CompletionStage<Integer> read(ByteBuffer buffer) {
      return stretch == null
          ? next()
          : stretch.read(buffer).thenCompose(count -> count < 0 ? next() : done(count));
    }

    /** Goes on to what has been written by now, or waits for more; the caller then reads again. */
    private CompletionStage<Integer> next() {
      close();
      try {
        Optional<Written> written = written();
        if (written.filter(now -> now.end() > reached).isPresent()) {
          return open(written.get());
        }
        boolean goesOn = written.filter(now -> !now.complete()).isPresent() && !silent;
        return goesOn ? route.await(asset, this::hasMore, this::giveUp, LONGEST_WAIT) : done(-1);
      } catch (IOException e) {
        return CompletableFuture.failedFuture(e);
      }
    }

    private CompletionStage<Integer> open(Written written) throws IOException {
      Fragment fragment = written.fragment();
      long from = Math.max(reached, fragment.offset());
      reached = written.end();
      return route
          .body(asset.reader(), fragment, from, (int) (reached - from))
          .thenCompose(this::opened);
    }

    private CompletionStage<Integer> opened(Optional<Response.Body> found) {
      try {
        if (found.isPresent()) {
          body = found.get();
          stretch = found.get().open();
        }
        return done(0);
      } catch (IOException e) {
        return CompletableFuture.failedFuture(e);
      }
    }

    private Optional<Integer> hasMore() {
      try {
        Optional<Written> written = written();
        boolean waits = written.filter(now -> !now.complete() && now.end() <= reached).isPresent();
        return waits ? Optional.empty() : Optional.of(0);
      } catch (IOException e) {
        throw PlaybackException.storeFailed(e);
      }
    }

    private int giveUp() {
      silent = true;
      return 0;
    }

    private static CompletionStage<Integer> done(int count) {
      return CompletableFuture.completedFuture(count);
    }

    @Override
    public void close() {
      if (stretch != null) {
        stretch.close();
        stretch = null;
      }
      if (body != null) {
        body.close();
        body = null;
      }
    }
  }
}
