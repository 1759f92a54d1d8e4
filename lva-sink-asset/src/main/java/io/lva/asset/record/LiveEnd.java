package io.lva.asset.record;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.asset.LiveAsset;
import io.lva.asset.LivePart;
import io.lva.asset.LiveSegment;
import io.lva.media.Gap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the newest end of an asset up to date while it is being recorded.
 *
 * <p>Thread-safe.
 */
final class LiveEnd implements LiveAsset {
  private final String name;
  private final Deque<LiveSegment> complete = new ArrayDeque<>();
  private final List<LivePart> parts = new ArrayList<>();
  private final List<Gap> bridged = new ArrayList<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private Optional<LiveSegment> open = Optional.empty();

  @GuardedBy("this")
  private Optional<Gap> openGap = Optional.empty();

  @GuardedBy("this")
  private boolean ended;

  @GuardedBy("this")
  private @Nullable Snapshot snapshot;

  LiveEnd(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized Snapshot snapshot() {
    if (snapshot == null) {
      List<LiveSegment> segments = new ArrayList<>(complete);
      open.map(segment -> withParts(segment, false)).ifPresent(segments::add);
      snapshot = new Snapshot(segments, openGap, ended);
    }
    return snapshot;
  }

  @Override
  public Subscription subscribe(Listener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Begins a segment and completes the previous one if it is still open. */
  void segmentOpened(LiveSegment segment) {
    synchronized (this) {
      closeOpen();
      open = Optional.of(segment);
      snapshot = null;
    }
    tell();
  }

  /** Adds parts that can be read now, and the holes that end at some of them. */
  void partsWritten(List<LivePart> written, List<Gap> holes) {
    synchronized (this) {
      parts.addAll(written);
      bridged.addAll(holes);
      snapshot = null;
    }
    tell();
  }

  /** Notes that a segment has its final name. */
  void segmentRenamed(String file) {
    synchronized (this) {
      if (open.isPresent() && open.get().file().equals(file)) {
        closeOpen();
      }
      List<LiveSegment> renamed =
          complete.stream()
              .map(segment -> segment.file().equals(file) ? renamed(segment) : segment)
              .toList();
      complete.clear();
      complete.addAll(renamed);
      snapshot = null;
    }
    tell();
  }

  /** Shows a gap while it lasts. */
  void gapOpened(Gap gap) {
    synchronized (this) {
      openGap = Optional.of(gap);
      snapshot = null;
    }
    tell();
  }

  /** Ends a gap. */
  void gapClosed(Gap gap) {
    synchronized (this) {
      openGap = openGap.filter(shown -> !shown.id().equals(gap.id()));
      snapshot = null;
    }
    tell();
  }

  /** Notes that nothing follows. */
  void ended() {
    synchronized (this) {
      closeOpen();
      ended = true;
      snapshot = null;
    }
    tell();
  }

  private void closeOpen() {
    open.ifPresent(segment -> complete.addLast(withParts(segment, false)));
    open = Optional.empty();
    parts.clear();
    bridged.clear();
    while (complete.size() > COMPLETE_SEGMENTS) {
      complete.removeFirst();
    }
  }

  private LiveSegment withParts(LiveSegment segment, boolean isComplete) {
    return new LiveSegment(
        segment.epoch(),
        segment.run(),
        segment.runNumber(),
        segment.sequence(),
        segment.file(),
        isComplete,
        segment.headBytes(),
        segment.tracks(),
        segment.gaps(),
        bridged,
        parts);
  }

  private static LiveSegment renamed(LiveSegment segment) {
    return new LiveSegment(
        segment.epoch(),
        segment.run(),
        segment.runNumber(),
        segment.sequence(),
        segment.file(),
        true,
        segment.headBytes(),
        segment.tracks(),
        segment.gaps(),
        segment.bridged(),
        segment.parts());
  }

  private void tell() {
    for (Listener listener : listeners) {
      listener.changed(this);
    }
  }
}
