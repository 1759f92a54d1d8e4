package io.lva.asset.format;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of everything in an asset (docs/asset-format.md). Names are relative to the folder of
 * the asset and use {@code /}; every name parsed here can be resolved against that folder without
 * leaving it.
 *
 * <p>Immutable.
 */
public final class AssetLayout {
  /** The document that describes the asset. */
  public static final String ASSET_JSON = "asset.json";

  /**
   * The file that the writer holds: on a disk it is locked, elsewhere it is a {@link LockDocument}.
   */
  public static final String LOCK = "asset.lock";

  /** The file that counts the locks of an asset on a disk: a decimal number and a line feed. */
  public static final String EPOCH = "asset.epoch";

  /** The document that says what a local cache has published; only a local cache has one. */
  public static final String UPLOADS = "upload.json";

  /** The document that says which media of superseded epochs counts. */
  public static final String EPOCHS = "index/epochs.json";

  /** A cache of the recorded ranges by day. */
  public static final String COVERAGE = "index/coverage.json";

  /** The folder of the index. */
  public static final String INDEX_FOLDER = "index";

  /**
   * The suffix of the name of a damaged segment, whose bytes are kept for inspection; a number may
   * follow the suffix.
   */
  public static final String DAMAGED_SUFFIX = ".damaged";

  /** The suffix of the name of a segment that a local cache keeps after publishing it. */
  public static final String PUBLISHED_SUFFIX = ".published";

  private static final int LONGEST_FOLDER_NAME_BYTES = 200;
  private static final int HASH_DIGITS = 16;
  private static final int LONGEST_NAME_CHARACTERS = 4096;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
  private static final Pattern INDEX =
      Pattern.compile("index/([0-9]{8})(-([01][0-9]|2[0-3]))?\\.jsonl");

  private static final Pattern FOLDER = Pattern.compile("[A-Za-z0-9_%~-][A-Za-z0-9._%~-]{0,199}");

  private AssetLayout() {}

  /**
   * Returns whether a folder may be the folder of an asset.
   *
   * @param name of the folder, any text
   * @return true for every name that {@link #folderName} can return: no slash, no leading dot
   */
  public static boolean isFolderName(String name) {
    return FOLDER.matcher(name).matches();
  }

  /**
   * Returns the name of an asset's folder.
   *
   * @param assetName any text of 1 to 4096 characters
   * @return at most 200 ASCII characters, none of which a file system treats specially
   * @throws IllegalArgumentException when the name is empty, too long or not Unicode
   */
  public static String folderName(String assetName) {
    if (assetName.isEmpty() || assetName.length() > LONGEST_NAME_CHARACTERS) {
      throw new IllegalArgumentException(
          "an asset name has 1 to " + LONGEST_NAME_CHARACTERS + " characters");
    }
    byte[] name = utf8(assetName);
    StringBuilder folder = new StringBuilder(name.length);
    for (byte character : name) {
      appendEncoded(folder, character & 0xff);
    }
    if (folder.length() <= LONGEST_FOLDER_NAME_BYTES) {
      return folder.toString();
    }
    int kept = LONGEST_FOLDER_NAME_BYTES - 1 - HASH_DIGITS;
    int escape = folder.lastIndexOf("%", kept - 1);
    if (escape > kept - 3) {
      kept = escape; // an escape is kept whole or not at all
    }
    return folder.substring(0, kept) + "~" + HexFormat.of().formatHex(sha256(name), 0, 8);
  }

  /**
   * Reads the name of an asset from the name of its folder.
   *
   * @param folder as {@link #folderName} returned it
   * @return the name; empty when it was shortened, or when this is not the folder of an asset
   */
  public static Optional<String> assetName(String folder) {
    try {
      String name = URLDecoder.decode(folder, StandardCharsets.UTF_8);
      return folderName(name).equals(folder) ? Optional.of(name) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static void appendEncoded(StringBuilder folder, int character) {
    boolean plain =
        (character >= 'a' && character <= 'z')
            || (character >= 'A' && character <= 'Z')
            || (character >= '0' && character <= '9')
            || character == '-'
            || character == '_'
            || (character == '.' && folder.length() > 0);
    if (plain) {
      folder.append((char) character);
    } else {
      folder.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) character));
    }
  }

  /**
   * Returns the index file of a day.
   *
   * @param day in UTC
   * @return {@code index/yyyyMMdd.jsonl}
   */
  public static String index(LocalDate day) {
    return INDEX_FOLDER + '/' + DAY.format(day) + ".jsonl";
  }

  /**
   * Returns the index file of an hour, where a store replaces whole files for each row.
   *
   * @param day in UTC
   * @param hour 0 to 23
   * @return {@code index/yyyyMMdd-HH.jsonl}
   */
  public static String index(LocalDate day, int hour) {
    return INDEX_FOLDER
        + '/'
        + DAY.format(day)
        + String.format(Locale.ROOT, "-%02d", hour)
        + ".jsonl";
  }

  /**
   * Reads the name of an index file.
   *
   * @param name relative to the folder of the asset
   * @return the day of the file, even if the file holds one hour; empty when this is not the name
   *     of an index file
   */
  public static Optional<LocalDate> parseIndex(String name) {
    Matcher matcher = INDEX.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(matcher.group(1), DAY));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static byte[] utf8(String text) {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      return copy;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("an asset name is Unicode text", e);
    }
  }

  /**
   * Hashes bytes.
   *
   * @param bytes any bytes
   * @return their SHA-256, 32 bytes
   */
  public static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
