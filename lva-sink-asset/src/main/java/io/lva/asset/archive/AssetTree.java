package io.lva.asset.archive;

import io.lva.asset.index.SegmentName;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.StoredFile;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Walks over the hour folders of an asset in any store. Stateless and therefore thread-safe. */
final class AssetTree {
  private static final int[] LEVEL_DIGITS = {4, 2, 2, 2};

  private AssetTree() {}

  /** Lists all hour folders, oldest first, relative to the folder of the asset. */
  static List<String> hours(AssetStore store, String folder) throws IOException {
    List<String> hours = new ArrayList<>();
    collect(store, folder, "", 0, Integer.MAX_VALUE, hours);
    hours.sort(String::compareTo);
    return hours;
  }

  /** Lists the newest hours, oldest first. */
  static List<String> newestHours(AssetStore store, String folder, int count) throws IOException {
    List<String> hours = new ArrayList<>();
    collect(store, folder, "", 0, count, hours);
    hours.sort(String::compareTo);
    return hours;
  }

  /**
   * Lists the two newest hours, as well as all hours from one hour before an instant on, up to two
   * days of them.
   */
  static List<String> newestHours(AssetStore store, String folder, Optional<Instant> since)
      throws IOException {
    List<String> hours = new ArrayList<>();
    collect(store, folder, "", 0, 2, hours);
    if (since.isPresent() && !hours.isEmpty()) {
      Instant hour = since.get().truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.HOURS);
      Instant newest = hourStart(hours.get(0));
      // More than two days apart, the host clock was wrong; the background check finds those hours.
      for (int i = 0; i < 48 && !hour.isAfter(newest); i++) {
        String name = SegmentName.hourFolder(hour);
        if (!hours.contains(name)) {
          hours.add(name);
        }
        hour = hour.plus(1, ChronoUnit.HOURS);
      }
    }
    hours.sort(String::compareTo);
    return hours;
  }

  /** Adds hour folders, newest first, until there are enough. */
  private static void collect(
      AssetStore store, String folder, String prefix, int level, int limit, List<String> hours)
      throws IOException {
    List<AssetStore.Entry> entries = store.list(prefix.isEmpty() ? folder : folder + '/' + prefix);
    for (int i = entries.size() - 1; i >= 0 && hours.size() < limit; i--) {
      AssetStore.Entry entry = entries.get(i);
      String name = prefix.isEmpty() ? entry.name() : prefix + '/' + entry.name();
      if (!entry.folder() || !isNumber(entry.name(), LEVEL_DIGITS[level])) {
        continue;
      }
      if (level + 1 < LEVEL_DIGITS.length) {
        collect(store, folder, name, level + 1, limit, hours);
      } else if (isHour(name)) {
        hours.add(name);
      }
    }
  }

  private static boolean isNumber(String text, int digits) {
    return text.length() == digits && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isHour(String name) {
    try {
      return SegmentName.hourFolder(hourStart(name)).equals(name);
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** Returns where an hour starts. */
  static Instant hourStart(String hour) {
    return LocalDateTime.of(
            Integer.parseInt(hour.substring(0, 4)),
            Integer.parseInt(hour.substring(5, 7)),
            Integer.parseInt(hour.substring(8, 10)),
            Integer.parseInt(hour.substring(11, 13)),
            0)
        .toInstant(ZoneOffset.UTC);
  }

  /** Reads from a file what the index states about it; the file may still be a {@code .part}. */
  static SegmentScanner scan(AssetStore store, String folder, String name) throws IOException {
    String complete =
        name.toLowerCase(Locale.ROOT).endsWith(SegmentName.PART_SUFFIX)
            ? name.substring(0, name.length() - SegmentName.PART_SUFFIX.length())
            : name;
    try (StoredFile file = AheadFile.open(store, folder + '/' + name)) {
      SegmentScanner scanner = new SegmentScanner(file, complete);
      scanner.advance();
      return scanner;
    }
  }
}
