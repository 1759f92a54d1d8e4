package io.lva.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.testkit.Judges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The BOM wins against the parent of a framework that manages another Netty. */
class BomIT {
  private static final String VERSION = "0.1.0-SNAPSHOT";
  private static final String POM =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <parent>
          <groupId>org.springframework.boot</groupId>
          <artifactId>spring-boot-starter-parent</artifactId>
          <version>%s</version>
          <relativePath/>
        </parent>
        <groupId>acme</groupId>
        <artifactId>viewer</artifactId>
        <version>1</version>
        <repositories>
          <repository><id>build</id><url>%s</url></repository>
        </repositories>
        <dependencyManagement><dependencies><dependency>
          <groupId>io.lva</groupId><artifactId>lva-bom</artifactId><version>%s</version>
          <type>pom</type><scope>import</scope>
        </dependency></dependencies></dependencyManagement>
        <dependencies><dependency>
          <groupId>io.netty</groupId><artifactId>netty-transport</artifactId>
        </dependency></dependencies>
      </project>
      """;

  @TempDir private Path folder;

  /** 3.5 manages Netty 4.1, and 4.0 a 4.2 that is older than what the modules are tested with. */
  @ParameterizedTest
  @ValueSource(strings = {"3.5.0", "4.0.0"})
  void import_underTheParentOfSpringBoot_keepsItsOwnNetty(String boot) throws IOException {
    Judges.require("mvn");
    Path repository = folder.resolve("repository");
    Path bom = repository.resolve("io/lva/lva-bom/" + VERSION);
    Files.createDirectories(bom);
    Files.copy(
        Judges.projectRoot().resolve("bom/pom.xml"), bom.resolve("lva-bom-" + VERSION + ".pom"));
    Files.writeString(folder.resolve("pom.xml"), POM.formatted(boot, repository.toUri(), VERSION));
    Judges.Verdict verdict =
        Judges.runIn(
            folder,
            "mvn",
            "-B",
            "-ntp",
            "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:list");
    if (!"required".equals(System.getProperty("lva.judges"))) {
      Assumptions.assumeFalse(
          verdict.output().contains("Non-resolvable parent"), "there is no network");
    }
    assertThat(verdict.exitCode()).as(verdict.output()).isZero();
    assertThat(verdict.output())
        .contains("io.netty:netty-transport:jar:4.2.18.Final")
        .containsOnlyOnce("io.netty:netty-buffer:jar:")
        .doesNotContain(":jar:4.1.");
  }
}
