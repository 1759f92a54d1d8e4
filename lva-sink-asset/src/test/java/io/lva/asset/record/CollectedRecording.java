package io.lva.asset.record;

import io.lva.media.Gap;
import java.util.ArrayList;
import java.util.List;

/** A recording that keeps its entries for a test. */
final class CollectedRecording implements Recording {
  final GopQueue queue = new GopQueue(() -> Long.MAX_VALUE);
  final List<QueueEntry> entries = new ArrayList<>();
  final List<Gap> opened = new ArrayList<>();
  final List<Gap> closed = new ArrayList<>();
  int late;

  @Override
  public GopQueue queue() {
    return queue;
  }

  @Override
  public void ready() {
    queue.take(entries, Long.MAX_VALUE);
  }

  @Override
  public void gapOpened(Gap gap) {
    opened.add(gap);
  }

  @Override
  public void gapClosed(Gap gap) {
    closed.add(gap);
  }

  @Override
  public void dropped(GopQueue.Dropped dropped) {
    throw new AssertionError("an unlimited queue drops nothing");
  }

  @Override
  public void late() {
    late++;
  }

  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    for (QueueEntry entry : entries) {
      if (entry instanceof QueueEntry.Media media) {
        parts.add(media.part());
      }
    }
    return parts;
  }

  List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    for (QueueEntry entry : entries) {
      if (entry instanceof QueueEntry.GopStart start && !runs.contains(start.run())) {
        runs.add(start.run());
      }
    }
    return runs;
  }
}
