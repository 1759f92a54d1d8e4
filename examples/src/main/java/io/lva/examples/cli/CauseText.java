package io.lva.examples.cli;

import static java.util.stream.Collectors.joining;

import io.lva.media.GapCause;
import java.util.Collection;

/** The causes of gaps in the words of the player page; the words of the index are for programs. */
final class CauseText {
  private CauseText() {}

  /** Returns the causes, each once, in their order; the text is empty when there are none. */
  static String of(Collection<GapCause> causes) {
    return causes.stream().distinct().map(CauseText::of).collect(joining(", "));
  }

  /** Returns a cause in a few words. */
  static String of(GapCause cause) {
    return switch (cause) {
      case CAMERA_UNREACHABLE -> "camera unreachable";
      case AUTHENTICATION -> "the camera refused the login";
      case STREAM_ENDED -> "the camera ended the stream";
      case NO_MEDIA -> "no picture from the camera";
      case PACKET_LOSS -> "packets were lost";
      case WAITING_FOR_SYNC -> "waiting for a complete picture";
      case FORMAT_CHANGE -> "the picture format changed";
      case CLOCK_STEP -> "the clock was set";
      case BACKPRESSURE -> "the recorder was overloaded";
      case DISK_FULL -> "the disk was full";
      case STORAGE_ERROR -> "the disk or store failed";
      case CACHE_OVERFLOW -> "the cache was full";
      case RETENTION -> "deleted, as it was too old";
      case LATE -> "media came too late";
      case GATE_CLOSED -> "there was no event";
      case OPERATOR -> "recording was stopped";
      case NODE_FAILED -> "a node of the graph failed";
      case PROCESS_STOPPED -> "the recorder was not running";
    };
  }
}
