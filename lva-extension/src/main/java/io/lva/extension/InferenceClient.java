package io.lva.extension;

import io.lva.extension.image.EncodedImage;
import io.lva.media.Inference;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The connection of one node to its service.
 *
 * <p>Confined to its media loop.
 */
interface InferenceClient {
  /** Begins to connect, if that is needed. */
  void start();

  /** Returns whether an image would be sent now; else a newer one is sent later. */
  boolean isReady();

  /**
   * Sends an image.
   *
   * @param image what to analyse
   * @param utcNanos time of its picture
   * @param upstream what nodes before this one found in it; boxes relative to the image
   * @return a stage that completes on the media loop with what was found, boxes relative to the
   *     image, possibly nothing; exceptionally when there is no answer, which the client counts and
   *     reports
   */
  CompletionStage<List<Inference>> send(
      EncodedImage image, long utcNanos, List<Inference> upstream);

  /** Ends the connection; what is under way completes exceptionally. */
  void stop();
}
