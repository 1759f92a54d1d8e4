package io.lva.asset.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssetLayoutTest {
  @ParameterizedTest
  @CsvSource({
    "sampleAsset-CVRToAMSAsset-Sample-Graph-1, sampleAsset-CVRToAMSAsset-Sample-Graph-1",
    "front door, front%20door",
    "a/b, a%2Fb",
    "a\\b, a%5Cb",
    ".., %2E.",
    "., %2E",
    ".hidden, %2Ehidden",
    "a..b, a..b",
    "Tür, T%C3%BCr",
    "\uD83D\uDCF7, %F0%9F%93%B7",
    "50%, 50%25",
    "a~b, a%7Eb",
    "C:, C%3A",
    "a+b, a%2Bb",
  })
  void folderName_anyText_isPlainAscii(String name, String folder) {
    assertThat(AssetLayout.folderName(name)).isEqualTo(folder);
    assertThat(AssetLayout.assetName(folder)).contains(name);
  }

  @Test
  void folderName_longName_isCutWithAHashAndDistinct() {
    String name = "ü".repeat(300);
    String folder = AssetLayout.folderName(name);
    assertThat(folder).hasSizeLessThanOrEqualTo(200).matches("(%C3%BC)*(%C3)?~[0-9a-f]{16}");
    assertThat(AssetLayout.folderName(name + "x")).isNotEqualTo(folder);
    assertThat(AssetLayout.assetName(folder)).isEmpty();
    assertThat(AssetLayout.folderName("x".repeat(200))).isEqualTo("x".repeat(200));
    assertThat(AssetLayout.folderName("x".repeat(201))).hasSize(200).contains("~");
    for (int i = 0; i < 10; i++) {
      String shifted = AssetLayout.folderName("x".repeat(i) + "ü".repeat(100));
      assertThat(shifted).hasSizeLessThanOrEqualTo(200).matches("x*(%[0-9A-F]{2})*~[0-9a-f]{16}");
    }
  }

  @Test
  void folderName_noUnicode_isRefused() {
    assertThatThrownBy(() -> AssetLayout.folderName(""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AssetLayout.folderName("a\uD800"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AssetLayout.folderName("x".repeat(4097)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void index_anyDay_isReadBack() {
    LocalDate day = LocalDate.of(2026, 2, 28);
    assertThat(AssetLayout.index(day)).isEqualTo("index/20260228.jsonl");
    assertThat(AssetLayout.parseIndex("index/20260228.jsonl")).contains(day);
    assertThat(AssetLayout.parseIndex("index/20260230.jsonl")).isEmpty();
    assertThat(AssetLayout.parseIndex("index/../20260228.jsonl")).isEmpty();
  }

  @Test
  void folderName_randomText_neverLeadsOut() {
    Random random = new Random(1);
    Path root = Path.of("/store");
    for (int i = 0; i < 5_000; i++) {
      int length = 1 + random.nextInt(40);
      StringBuilder name = new StringBuilder();
      for (int c = 0; c < length; c++) {
        name.append(
            random.nextBoolean()
                ? "./\\%~".charAt(random.nextInt(5))
                : (char) random.nextInt(0x500));
      }
      String folder = AssetLayout.folderName(name.toString());
      assertThat(root.resolve(folder).normalize().getParent()).isEqualTo(root);
      assertThat(folder).matches("[A-Za-z0-9_%~-][A-Za-z0-9._%~-]*");
    }
  }
}
