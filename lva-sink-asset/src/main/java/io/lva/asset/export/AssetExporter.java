package io.lva.asset.export;

import io.lva.asset.AssetReader;
import io.lva.asset.Fragment;
import io.lva.asset.KeptMedia;
import io.lva.asset.RunSection;
import io.lva.asset.RunSection.TrackSection;
import io.lva.asset.Stretch;
import io.lva.asset.format.TimeRanges;
import io.lva.asset.format.Utc;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TrackRow;
import io.lva.asset.store.StoredFile;
import io.lva.fmp4.FileItem;
import io.lva.fmp4.FragmentedReader;
import io.lva.fmp4.InitSegment;
import io.lva.fmp4.Mp4Exception;
import io.lva.fmp4.PartSamples;
import io.lva.fmp4.SampleFlags;
import io.lva.media.Ticks;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lays out a time range of an asset as one progressive MP4 file that shows exactly that range:
 * media starts at the sync sample before the range, and an edit list hides what was not requested.
 * Gaps are cut out; after each cut all tracks start together again. Nothing is decoded except G.711
 * and linear PCM when FLAC is requested.
 *
 * <p>Confined to one thread.
 */
public final class AssetExporter {
  /** How far a picture may be shown after the start of its fragment. */
  private static final Duration REORDERING = Duration.ofSeconds(20);

  /** How far past the end to look for pictures that are shown before pictures decoded earlier. */
  private static final Duration BEHIND_THE_END = Duration.ofSeconds(2);

  private static final Duration LONGEST_WITHOUT_SYNC = Duration.ofHours(1);

  /** About two minutes at 4.2 Mbit/s. */
  private static final int USUALLY_KEPT_BYTES = 64 << 20;

  private final AssetReader reader;
  private final Instant start;
  private final Instant end;
  private final ExportSound sound;
  private final KeptMedia kept;
  private final ExportSamples samples = new ExportSamples();
  private final List<Fragment> files = new ArrayList<>();

  private AssetExporter(
      AssetReader reader, Instant start, Instant end, ExportSound sound, KeptMedia kept) {
    this.kept = kept;
    this.reader = reader;
    this.start = start;
    this.end = end;
    this.sound = sound;
  }

  /**
   * Lays out an export by reading the headers of the range. From a store that is not a disk, the
   * media around the headers is read with them, and up to 64 MiB of it is kept for the export.
   *
   * @param reader the asset; must stay open as long as the export is used
   * @param start the first instant shown
   * @param end the first instant that is no longer shown
   * @return the file, to be closed
   * @throws ExportException when the range is empty, nothing was recorded in it, its format
   *     changes, or it has more than 8,388,608 samples
   * @throws IOException when a store fails
   */
  public static AssetExport export(AssetReader reader, Instant start, Instant end)
      throws IOException {
    return export(reader, start, end, ExportSound.AS_SENT);
  }

  /**
   * Lays out an export by reading the headers of the range. From a store that is not a disk, the
   * media around the headers is read with them, and up to 64 MiB of it is kept for the export.
   *
   * @param reader the asset; must stay open as long as the export is used
   * @param start the first instant shown
   * @param end the first instant that is no longer shown
   * @param sound what happens to sound that not every player can play
   * @return the file, to be closed
   * @throws ExportException when the range is empty, nothing was recorded in it, its format
   *     changes, or it has more than 8,388,608 samples
   * @throws IOException when a store fails
   */
  public static AssetExport export(
      AssetReader reader, Instant start, Instant end, ExportSound sound) throws IOException {
    return export(reader, start, end, sound, new KeptMedia(USUALLY_KEPT_BYTES));
  }

  /**
   * Lays out an export by reading the headers of the range. From a store that is not a disk, the
   * media around the headers is read with them and kept for the export.
   *
   * @param reader the asset; must stay open as long as the export is used
   * @param start the first instant shown
   * @param end the first instant that is no longer shown
   * @param sound what happens to sound that not every player can play
   * @param kept keeps media from a store that is not a disk while the export is used; must be empty
   *     and serve only this export; media that does not fit is read twice
   * @return the file, to be closed
   * @throws ExportException when the range is empty, nothing was recorded in it, its format
   *     changes, or it has more than 8,388,608 samples
   * @throws IOException when a store fails
   */
  public static AssetExport export(
      AssetReader reader, Instant start, Instant end, ExportSound sound, KeptMedia kept)
      throws IOException {
    if (!start.isBefore(end)) {
      throw new ExportException("the range from " + start + " to " + end + " is empty");
    }
    return new AssetExporter(reader, Utc.bounded(start), Utc.bounded(end), sound, kept).export();
  }

  private AssetExport export() throws IOException {
    List<RunSection> sections = sections();
    ExportLayout layout =
        new ExportLayout(samples, master(sections.get(0)), Utc.nanos(start), Utc.nanos(end));
    checkFormat(sections);
    InitSegment init = head(sections.get(0).master().fragments().get(0));
    for (int i = 0; i < sections.size(); i++) {
      int first = samples.count();
      read(sections.get(i), init, i == 0);
      // Where runs overlap, the next one is shown from its beginning.
      Instant until = i + 1 < sections.size() ? sections.get(i + 1).start() : end;
      layout.section(first, samples.count(), Utc.nanos(until));
    }
    return layout.finish(reader, init, files, sound, kept);
  }

  private static List<TrackRow> master(RunSection section) {
    return section.tracks().stream().map(TrackSection::track).toList();
  }

  /** Finds what to export, including as much before the range as decoding needs. */
  private List<RunSection> sections() throws IOException {
    List<RunSection> sections = List.of();
    for (Duration before : List.of(REORDERING, LONGEST_WITHOUT_SYNC)) {
      sections =
          reader.sections(start.minus(before), end.plus(BEHIND_THE_END)).stream()
              .filter(section -> section.start().isBefore(end))
              .filter(section -> section.end().isAfter(start.plusNanos(TimeRanges.JOINED_NANOS)))
              .toList();
      if (sections.isEmpty()) {
        throw new ExportException("nothing was recorded between " + start + " and " + end);
      }
      if (firstFragment(sections.get(0)).isPresent()) {
        return sections;
      }
    }
    return sections;
  }

  /**
   * Returns the last independent fragment at or before the start; 0 if the section begins later.
   */
  private Optional<Integer> firstFragment(RunSection section) {
    List<Fragment> fragments = section.master().fragments();
    Optional<Integer> found = Optional.empty();
    for (int i = 0; i < fragments.size() && !fragments.get(i).start().isAfter(start); i++) {
      if (fragments.get(i).independent()) {
        found = Optional.of(i);
      }
    }
    boolean startsInside = !section.start().isAfter(start);
    return startsInside ? found : Optional.of(0);
  }

  private static void checkFormat(List<RunSection> sections) throws ExportException {
    RunSection first = sections.get(0);
    for (RunSection section : sections) {
      if (!inits(section).equals(inits(first))) {
        throw new ExportException(
            "the format changes at "
                + section.start()
                + " from "
                + format(first)
                + " to "
                + format(section)
                + "; export up to there and from there on");
      }
    }
  }

  /**
   * Reads the head of a file; as the format never changes within an export, the heads of all files
   * describe the same tracks.
   */
  private InitSegment head(Fragment first) throws IOException {
    try (StoredFile file = reader.stretch(first, 0, first.offset()).openHeads()) {
      Optional<FileItem> head = new FragmentedReader(file).next();
      if (head.isPresent() && head.get() instanceof FileItem.Head found) {
        return found.init();
      }
      throw new ExportException(first.file() + " has no head");
    } catch (Mp4Exception e) {
      throw new IOException(first.file() + ": " + e.getMessage(), e);
    }
  }

  private static List<String> inits(RunSection section) {
    return section.tracks().stream().map(track -> track.track().init()).toList();
  }

  private static String format(RunSection section) {
    List<String> tracks = new ArrayList<>();
    for (TrackSection track : section.tracks()) {
      TrackRow row = track.track();
      tracks.add(
          row.width() > 0 ? row.codec() + " " + row.width() + "x" + row.height() : row.codec());
    }
    return String.join(" + ", tracks);
  }

  /** Reads the samples of a section, file by file. */
  private void read(RunSection section, InitSegment init, boolean first) throws IOException {
    int from = first ? stepBack(section, init) : 0;
    List<Fragment> master = section.master().fragments();
    long earliest = master.get(from).startTicks();
    int masterScale = section.master().track().timescale();
    Map<String, long[]> ranges = new LinkedHashMap<>();
    Map<String, Fragment> names = new LinkedHashMap<>();
    for (TrackSection track : section.tracks()) {
      long begin = Ticks.convert(earliest, masterScale, track.track().timescale());
      for (Fragment fragment : track.fragments()) {
        if (fragment.endTicks() > begin) {
          names.putIfAbsent(fragment.file(), fragment);
          long[] range =
              ranges.computeIfAbsent(fragment.file(), none -> new long[] {Long.MAX_VALUE, 0});
          range[0] = Math.min(range[0], fragment.offset());
          range[1] = Math.max(range[1], fragment.offset() + fragment.lengthBytes());
        }
      }
    }
    for (Map.Entry<String, Fragment> file : names.entrySet()) {
      long[] range = ranges.getOrDefault(file.getKey(), new long[2]);
      read(section, init, file.getValue(), range[0], range[1], earliest);
    }
  }

  /** Steps back to an earlier fragment when the first one shows its first picture too late. */
  private int stepBack(RunSection section, InitSegment init) throws IOException {
    int from = firstFragment(section).orElse(0);
    List<Fragment> master = section.master().fragments();
    for (int i = from; i >= 0; i--) {
      Fragment fragment = master.get(i);
      if (fragment.independent()) {
        from = i;
        long delay = firstCompositionOffset(fragment, init);
        Instant shown = Utc.instant(fragment.startTicks() + delay, fragment.track().timescale());
        if (!shown.isAfter(start)) {
          return i;
        }
      }
    }
    return from;
  }

  private int firstCompositionOffset(Fragment fragment, InitSegment init) throws IOException {
    Stretch stretch = reader.stretch(fragment, fragment.offset(), fragment.lengthBytes(), kept);
    try (StoredFile file = stretch.openHeads()) {
      FragmentedReader parts = new FragmentedReader(file, init, fragment.offset());
      Optional<FileItem> item = parts.next();
      while (item.isPresent()) {
        if (item.get() instanceof FileItem.Part part && part.trackId() == fragment.track().id()) {
          return parts.samples(part).compositionOffset(0);
        }
        item = parts.next();
      }
      return 0;
    } catch (Mp4Exception e) {
      throw new IOException(fragment.file() + ": " + e.getMessage(), e);
    }
  }

  private void read(
      RunSection section, InitSegment init, Fragment name, long from, long to, long earliest)
      throws IOException {
    files.add(name);
    SegmentRow row = name.segment();
    try (StoredFile file = reader.stretch(name, from, to - from, kept).open()) {
      FragmentedReader parts = new FragmentedReader(file, init, from);
      Optional<FileItem> item = parts.next();
      while (item.isPresent() && item.get().offset() < to) {
        if (item.get() instanceof FileItem.Part part) {
          for (int i = 0; i < row.tracks().size(); i++) {
            if (row.tracks().get(i).id() == part.trackId()) {
              long begin =
                  Ticks.convert(
                      earliest,
                      section.master().track().timescale(),
                      row.tracks().get(i).timescale());
              add(i, row.tracks().get(i), part, parts.samples(part), begin);
            }
          }
        }
        item = parts.next();
      }
    } catch (Mp4Exception e) {
      throw new IOException(name.file() + ": " + e.getMessage(), e);
    }
  }

  private void add(int track, TrackRow row, FileItem.Part part, PartSamples partSamples, long begin)
      throws ExportException {
    long time = row.base() + part.baseMediaDecodeTime();
    long offset = part.mediaOffset();
    for (int i = 0; i < partSamples.count(); i++) {
      int duration = partSamples.duration(i);
      if (time + duration > begin) {
        samples.add(
            track,
            time,
            duration,
            partSamples.compositionOffset(i),
            SampleFlags.isSync(partSamples.flags(i)),
            files.size() - 1,
            offset,
            partSamples.size(i));
      }
      time += duration;
      offset += partSamples.size(i);
    }
  }
}
