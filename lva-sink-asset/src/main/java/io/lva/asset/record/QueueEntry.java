package io.lva.asset.record;

import io.lva.media.Gap;
import java.util.List;

/**
 * What goes from the media loop to the writer lane, in order. The lane owns what it has taken: the
 * media loop no longer touches it.
 */
sealed interface QueueEntry {
  /**
   * A group of pictures begins with the next part.
   *
   * @param run the time line it belongs to
   * @param gaps why the group does not continue what was handed over before; empty when it does
   */
  record GopStart(Run run, List<Gap> gaps) implements QueueEntry {}

  /**
   * A part follows.
   *
   * @param part the part, to be released by whoever takes it
   */
  record Media(Part part) implements QueueEntry {}

  /**
   * The run is complete. Its file can be closed, because whatever follows belongs to another run.
   */
  record RunEnd() implements QueueEntry {}

  /**
   * The recording is complete.
   *
   * @param gap open from the end of the recording on; its cause says what ended the recording
   */
  record RecordingEnd(Gap gap) implements QueueEntry {}
}
