package io.lva.fmp4;

import io.lva.fmp4.FileItem.Head;
import io.lva.fmp4.FileItem.Part;
import io.lva.fmp4.FileItem.Skipped;
import io.lva.media.CodecParameters;
import io.lva.media.NalUnitFormat;
import io.lva.media.Track;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a file is what this library writes, box by box.
 *
 * <ul>
 *   <li>boxes tile the file from its first to its last byte, with one head at the start;
 *   <li>sequence numbers of the parts grow by one;
 *   <li>a part continues the decode time of its track to the tick, and its track is in the head; a
 *       track other than the first may pause for a while;
 *   <li>its media fills {@code mdat} exactly and starts where {@code trun} says;
 *   <li>the only other boxes are {@code uuid} and {@code prft}.
 * </ul>
 *
 * <p>Reads headers only; {@link #checkWithMedia} reads the media as well.
 *
 * <p>Not thread-safe.
 */
public final class BoxChecker {
  private static final int MAXIMUM_FINDINGS = 100;

  private final List<Finding> findings = new ArrayList<>();
  private final Map<Integer, Long> endTimes = new HashMap<>();
  private @Nullable InitSegment init;
  private long parts;
  private long firstNumber;

  private BoxChecker() {}

  /**
   * A violation of the rules of {@link BoxChecker} or {@link NalUnitChecker}.
   *
   * <p>Immutable.
   *
   * @param offset index of the byte in the file at which the violation was found
   * @param what the violation in words, for an operator
   */
  public record Finding(long offset, String what) {}

  /**
   * Checks a file.
   *
   * @param source the file; stays open
   * @return at most 100 violations; empty for a good file
   * @throws IOException when the source fails
   */
  public static List<Finding> check(ByteSource source) throws IOException {
    return check(source, false);
  }

  /**
   * Checks a file, including the NAL units of its video; see {@link NalUnitChecker}.
   *
   * @param source the file; stays open
   * @return at most 100 violations; empty for a good file
   * @throws IOException when the source fails
   */
  public static List<Finding> checkWithMedia(ByteSource source) throws IOException {
    return check(source, true);
  }

  private static List<Finding> check(ByteSource source, boolean media) throws IOException {
    BoxChecker checker = new BoxChecker();
    FragmentedReader reader = new FragmentedReader(source);
    NalUnitChecker nalUnits = new NalUnitChecker(source);
    try {
      Optional<FileItem> item = reader.next();
      while (item.isPresent() && checker.findings.size() < MAXIMUM_FINDINGS) {
        checker.item(item.get());
        if (media && item.get() instanceof Part part) {
          checker.media(part, reader, nalUnits);
        }
        item = reader.next();
      }
      reader.torn().ifPresent(what -> checker.find(reader.position(), "cut off: " + what));
    } catch (Mp4Exception e) {
      checker.find(reader.position(), String.valueOf(e.getMessage()));
    }
    if (checker.parts == 0) {
      checker.find(reader.position(), "no part");
    }
    return List.copyOf(checker.findings);
  }

  private void item(FileItem item) {
    if (item instanceof Head head) {
      head(head);
    } else if (item instanceof Part part) {
      part(part);
    } else if (item instanceof Skipped skipped) {
      find(skipped.offset(), "box '" + skipped.type() + "' does not belong here");
    }
    if (init == null) {
      find(item.offset(), "the file does not begin with 'ftyp' and 'moov'");
    }
  }

  private void media(Part part, FragmentedReader reader, NalUnitChecker nalUnits)
      throws IOException, Mp4Exception {
    Optional<NalUnitFormat> format =
        Optional.ofNullable(init)
            .flatMap(head -> head.track(part.trackId()))
            .map(Track::parameters)
            .flatMap(CodecParameters::nalUnits);
    if (format.isPresent()) {
      nalUnits
          .check(part, reader.samples(part), format.get())
          .ifPresent(found -> find(found.offset(), found.what()));
    }
  }

  private void head(Head head) {
    if (head.offset() != 0) {
      find(head.offset(), "a second head");
    }
    init = head.init();
  }

  private void part(Part part) {
    parts++;
    if (parts == 1) {
      firstNumber = part.sequenceNumber();
    } else if (part.sequenceNumber() != firstNumber + parts - 1) {
      find(part.offset(), "part " + parts + " has sequence number " + part.sequenceNumber());
    }
    if (init != null && init.track(part.trackId()).isEmpty()) {
      find(part.offset(), "track " + part.trackId() + " is not in the head");
    }
    Long expected = endTimes.put(part.trackId(), part.endTime());
    if (expected != null && !continues(part, expected)) {
      find(
          part.offset(),
          "track "
              + part.trackId()
              + " continues at "
              + part.baseMediaDecodeTime()
              + ", but its previous samples end at "
              + expected);
    }
  }

  private boolean continues(Part part, long expected) {
    boolean first = init == null || init.tracks().tracks().get(0).id() == part.trackId();
    return first ? part.baseMediaDecodeTime() == expected : part.baseMediaDecodeTime() >= expected;
  }

  private void find(long offset, String what) {
    if (findings.size() < MAXIMUM_FINDINGS) {
      findings.add(new Finding(offset, what));
    }
  }
}
