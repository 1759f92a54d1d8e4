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
  /** Begins to connect, if necessary. */
  void start();

  /**
   * Returns whether an image can be sent now; if not, it is dropped and a newer one is sent later.
   */
  boolean isReady();

  /**
   * Sends an image.
   *
   * @param image what to analyze
   * @param utcNanos time of its picture
   * @param upstream what upstream nodes found in the picture, with boxes relative to the image
   * @return a stage that completes on the media loop with what was found, possibly nothing, with
   *     boxes relative to the image; or exceptionally when there is no answer, which the client
   *     reports
   */
  CompletionStage<List<Inference>> send(
      EncodedImage image, long utcNanos, List<Inference> upstream);

  /** Ends the connection; the stages of images under way complete exceptionally. */
  void stop();
}
