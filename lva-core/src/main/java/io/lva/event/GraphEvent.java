package io.lva.event;

import io.lva.media.MediaEvent;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that a graph reports to the application.
 *
 * <p>Immutable.
 */
public sealed interface GraphEvent {
  /**
   * Returns when this happened in the media.
   *
   * @return UTC of the media that the event belongs to; empty when it belongs to no media
   */
  default Optional<Instant> mediaTime() {
    return Optional.empty();
  }

  /**
   * Returns what kind of news this is.
   *
   * @return diagnostics unless the event says otherwise
   */
  default EventClass eventClass() {
    return EventClass.DIAGNOSTICS;
  }

  /**
   * Returns the type of this event in its envelope.
   *
   * @return the type, such as {@code Microsoft.Media.Graph.Operational.RecordingStarted}
   */
  default String eventType() {
    return "Microsoft.Media.Graph." + eventClass().text() + "." + getClass().getSimpleName();
  }

  /**
   * A camera's session is playing; emitted again after every reconnect.
   *
   * @param sdp the session description as the camera sent it
   */
  record MediaSessionEstablished(String sdp) implements GraphEvent {}

  /**
   * The first media of a recording reached its sink.
   *
   * @param output where the recording goes
   * @param time UTC of that media
   */
  record RecordingStarted(RecordingOutput output, Instant time) implements GraphEvent {
    @Override
    public Optional<Instant> mediaTime() {
      return Optional.of(time);
    }

    @Override
    public EventClass eventClass() {
      return EventClass.OPERATIONAL;
    }
  }

  /**
   * Playback of a recording can start.
   *
   * @param output where the recording is
   * @param time UTC of the end of what can be played
   */
  record RecordingAvailable(RecordingOutput output, Instant time) implements GraphEvent {
    @Override
    public Optional<Instant> mediaTime() {
      return Optional.of(time);
    }

    @Override
    public EventClass eventClass() {
      return EventClass.OPERATIONAL;
    }
  }

  /**
   * A recording is complete.
   *
   * @param output where the recording is
   * @param time UTC of the end of its media
   */
  record RecordingStopped(RecordingOutput output, Instant time) implements GraphEvent {
    @Override
    public Optional<Instant> mediaTime() {
      return Optional.of(time);
    }

    @Override
    public EventClass eventClass() {
      return EventClass.OPERATIONAL;
    }
  }

  /**
   * The camera sends media that cannot be recorded or analyzed.
   *
   * @param code for example {@code unsupportedVideoFormat}
   * @param reason one line for the operator
   */
  record MediaFormatError(String code, String reason) implements GraphEvent {}

  /**
   * A peer broke the protocol, or refused a request or the login.
   *
   * @param protocol for example {@code rtsp}
   * @param code status of the protocol, such as {@code 404}, or what was wrong
   * @param target URL that was asked for, without credentials
   * @param host name or address and port of the peer
   * @param reason one line for the operator
   */
  record ProtocolError(String protocol, String code, String target, String host, String reason)
      implements GraphEvent {}

  /**
   * A peer forbids what was requested; a refused login is a {@link ProtocolError}.
   *
   * @param host name or address and port of the peer
   * @param errorCode status of the protocol, such as {@code 403}
   * @param reason one line for the operator
   */
  record AuthorizationError(String host, String errorCode, String reason) implements GraphEvent {}

  /**
   * A peer cannot be reached, the connection to it broke, or no media comes from it.
   *
   * @param host name or address and port of the peer
   * @param errorCode what failed, such as {@code connectionRefused}
   * @param reason one line for the operator
   */
  record NetworkError(String host, String errorCode, String reason) implements GraphEvent {}

  /**
   * Media was dropped because a part of the graph could not keep up, or a gate opened for media
   * that was never received or is no longer held.
   *
   * @param dataType what was dropped, such as {@code video}
   * @param reason one line for the operator
   */
  record DataDropped(String dataType, String reason) implements GraphEvent {}

  /**
   * A store failed, does not keep up with uploads, or had not taken all media by the deadline of a
   * stop.
   *
   * @param store the store, without secrets
   * @param errorCode what failed, such as {@code noSpace}
   * @param reason one line for the operator
   */
  record StorageError(String store, String errorCode, String reason) implements GraphEvent {}

  /**
   * A node threw or did not stop properly, or an instance could not be activated.
   *
   * @param code what failed, such as {@code nodeFailed}
   * @param reason one line for the operator
   */
  record RuntimeError(String code, String reason) implements GraphEvent {
    @Override
    public String eventType() {
      return "Microsoft.Media.Edge.Diagnostics.RuntimeError";
    }
  }

  /**
   * A message sink publishes what an analysis found.
   *
   * @param outputName the sink's {@code hubOutputName}
   * @param analysis what was found, and when
   */
  record InferenceMessage(String outputName, MediaEvent.Analysis analysis) implements GraphEvent {
    @Override
    public Optional<Instant> mediaTime() {
      return Optional.of(Instant.ofEpochSecond(0, analysis.utcNanos()));
    }

    @Override
    public EventClass eventClass() {
      return EventClass.ANALYTICS;
    }

    @Override
    public String eventType() {
      return "Microsoft.Media.Graph.Analytics.Inference";
    }
  }
}
