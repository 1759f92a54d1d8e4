package io.lva.extension;

import io.lva.extension.image.Placement;
import io.lva.media.Inference;
import io.lva.media.InferenceValue;
import io.lva.media.InferenceValue.Box;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Maps the boxes of inferences between a picture and the image that is sent. Boxes from the service
 * that do not lie within 0 to 1 are mapped like any other, unclipped; the first such box is logged.
 *
 * <p>Confined to its media loop.
 */
final class BoxMapper {
  private static final System.Logger LOGGER = System.getLogger(BoxMapper.class.getName());
  private static final double TOLERANCE = 1e-3;

  private final String node;
  private boolean warned;

  BoxMapper(String node) {
    this.node = node;
  }

  List<Inference> toImage(List<Inference> inferences, Placement placement) {
    return map(inferences, placement::toImage);
  }

  List<Inference> toPicture(List<Inference> inferences, Placement placement) {
    return map(inferences, box -> placement.toPicture(check(box)));
  }

  private Box check(Box box) {
    boolean within =
        box.left() >= -TOLERANCE
            && box.top() >= -TOLERANCE
            && box.width() >= 0
            && box.height() >= 0
            && box.left() + box.width() <= 1 + TOLERANCE
            && box.top() + box.height() <= 1 + TOLERANCE;
    if (!within && !warned) {
      warned = true;
      LOGGER.log(
          System.Logger.Level.WARNING,
          "{0}: the service sends boxes that do not lie within 0 to 1, such as {1}; they are"
              + " forwarded",
          node,
          box);
    }
    return box;
  }

  private static List<Inference> map(List<Inference> inferences, UnaryOperator<Box> change) {
    return inferences.stream().map(inference -> map(inference, change)).toList();
  }

  private static Inference map(Inference inference, UnaryOperator<Box> change) {
    if (inference.value() instanceof InferenceValue.Motion motion && motion.box().isPresent()) {
      Optional<Box> box = motion.box().map(change);
      return inference.withValue(new InferenceValue.Motion(box));
    }
    if (inference.value() instanceof InferenceValue.Entity entity) {
      return inference.withValue(
          new InferenceValue.Entity(
              entity.tag(), entity.attributes(), change.apply(entity.box()), entity.id()));
    }
    if (inference.value() instanceof InferenceValue.Event event && event.box().isPresent()) {
      return inference.withValue(
          new InferenceValue.Event(event.name(), event.properties(), event.box().map(change)));
    }
    return inference;
  }
}
