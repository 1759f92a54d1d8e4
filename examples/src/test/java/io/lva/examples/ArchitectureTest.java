package io.lva.examples;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows between modules and packages, and where outside libraries may be known. */
class ArchitectureTest {
  private static final String[] CORE = {
    "io.lva.event..", "io.lva.graph..", "io.lva.media..", "io.lva.runtime..", "io.lva.spi.."
  };
  private static final String[] RTSP = {"io.lva.rtsp..", "io.lva.rtp..", "io.lva.sdp.."};

  private static JavaClasses classes;

  @BeforeAll
  static void importClasses() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.lva");
    assertThat(classes).isNotEmpty();
  }

  @Test
  void core_knowsNoOtherModule() {
    noClasses()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("io.lva..").and(DescribedPredicate.not(resideInAnyPackage(CORE))))
        .check(classes);
  }

  @Test
  void rtsp_knowsCoreOnly() {
    onlyOwn(RTSP, CORE);
  }

  @Test
  void fmp4_knowsCoreOnly() {
    onlyOwn(new String[] {"io.lva.fmp4.."}, CORE);
  }

  @Test
  void sinkAsset_knowsCoreAndFmp4Only() {
    onlyOwn(new String[] {"io.lva.asset.."}, join(CORE, "io.lva.fmp4.."));
  }

  @Test
  void playback_knowsCoreFmp4AndAssetOnly() {
    onlyOwn(new String[] {"io.lva.playback.."}, join(CORE, "io.lva.fmp4..", "io.lva.asset.."));
  }

  @Test
  void processors_knowCoreOnly() {
    onlyOwn(new String[] {"io.lva.processor.."}, CORE);
  }

  @Test
  void extension_knowsCoreAndProcessorsOnly() {
    onlyOwn(new String[] {"io.lva.extension.."}, join(CORE, "io.lva.processor.."));
  }

  @Test
  void grpc_isKnownInExtensionOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.lva.extension..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.grpc..", "com.google.protobuf..")
        .check(classes);
  }

  @Test
  void jcodec_isKnownInItsPackagesOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.lva.processor.jcodec..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.jcodec..")
        .check(classes);
  }

  @Test
  void iotAdapter_knowsCoreOnly() {
    onlyOwn(new String[] {"io.lva.iot.."}, CORE);
  }

  @Test
  void simulator_knowsCoreRtspAndFmp4Only() {
    onlyOwn(new String[] {"io.lva.rtspsim.."}, join(join(CORE, RTSP), "io.lva.fmp4.."));
  }

  @Test
  void netty_isKnownInRtspModulesAndExtensionOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            join(RTSP, "io.lva.rtspsim..", "io.lva.extension..", "io.lva.bench.."))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..")
        .check(classes);
  }

  @Test
  void iotSdk_isKnownToOneClientItsChannelAndTheConsoleProgramOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("com.microsoft..")
        .and()
        .haveNameNotMatching("io\\.lva\\.iot\\.edge\\.(SdkHubClient|WorkloadChannel).*")
        .and()
        .haveNameNotMatching("io\\.lva\\.examples\\.CallDirectMethods.*")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.microsoft..")
        .check(classes);
  }

  @Test
  void jackson_isInNoPublicSignature() {
    methods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat(are(modifier(JavaModifier.PUBLIC)))
        .should(notMention("com.fasterxml"))
        .check(classes);
  }

  /** Types within others are named together with them. */
  @Test
  void types_ofAllModules_haveOneNameEach() throws IOException {
    Map<String, Set<Path>> types = new TreeMap<>();
    try (Stream<Path> modules = Files.list(Judges.projectRoot())) {
      for (Path sources : modules.map(each -> each.resolve("src/main/java")).toList()) {
        if (Files.isDirectory(sources)) {
          try (Stream<Path> files = Files.walk(sources)) {
            files
                .filter(file -> file.toString().matches(".*/[A-Z]\\w*\\.java"))
                .forEach(
                    file ->
                        types
                            .computeIfAbsent(file.getFileName().toString(), name -> new TreeSet<>())
                            .add(file));
          }
        }
      }
    }
    assertThat(types).isNotEmpty();
    assertThat(types.values()).filteredOn(files -> files.size() > 1).isEmpty();
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching("io.lva.(**)").should().beFreeOfCycles().check(classes);
  }

  @Test
  void imports_betweenPackages_areTheGraphOnTheArchitecturePage() throws IOException {
    KeptText.check(
        Judges.projectRoot().resolve("docs/architecture.md"),
        "<!-- import graph -->\n```\n",
        "```\n<!-- end of import graph -->",
        importGraph());
  }

  /** One line per package of the library, with the packages that its classes use. */
  private static String importGraph() {
    Map<String, Set<String>> graph = new TreeMap<>();
    for (JavaClass each : classes) {
      if (isOfTheLibrary(each)) {
        Set<String> used = graph.computeIfAbsent(each.getPackageName(), name -> new TreeSet<>());
        each.getDirectDependenciesFromSelf().stream()
            .map(dependency -> dependency.getTargetClass().getBaseComponentType())
            .filter(ArchitectureTest::isOfTheLibrary)
            .map(JavaClass::getPackageName)
            .filter(name -> !name.equals(each.getPackageName()))
            .forEach(used::add);
      }
    }
    return graph.entrySet().stream()
        .map(entry -> shortName(entry.getKey()) + " -> " + shortNames(entry.getValue()) + "\n")
        .collect(Collectors.joining());
  }

  private static boolean isOfTheLibrary(JavaClass type) {
    return type.getPackageName().startsWith("io.lva.")
        && !type.getPackageName().matches("io\\.lva\\.(examples|bench|testkit)(\\..*)?");
  }

  private static String shortNames(Set<String> packages) {
    return packages.stream().map(ArchitectureTest::shortName).collect(Collectors.joining(", "));
  }

  private static String shortName(String packageName) {
    return packageName.substring("io.lva.".length());
  }

  private static void onlyOwn(String[] own, String[] allowed) {
    noClasses()
        .that()
        .resideInAnyPackage(own)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("io.lva..")
                .and(DescribedPredicate.not(resideInAnyPackage(join(own, allowed)))))
        .check(classes);
  }

  private static ArchCondition<JavaMethod> notMention(String prefix) {
    return new ArchCondition<>("mention no type of " + prefix) {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        boolean mentions =
            isOf(prefix, method.getRawReturnType())
                || method.getRawParameterTypes().stream().anyMatch(type -> isOf(prefix, type));
        if (mentions) {
          events.add(SimpleConditionEvent.violated(method, method.getFullName()));
        }
      }
    };
  }

  private static boolean isOf(String prefix, JavaClass type) {
    return type.getName().startsWith(prefix);
  }

  private static String[] join(String[] first, String... second) {
    String[] all = new String[first.length + second.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
