package org.geolandslide.segmentation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.geolandslide.model.ProductionCode;

/** The four rules of the house, and two of good manners. */
@AnalyzeClasses(packages = "org.geolandslide", importOptions = ProductionCode.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule ONLY_THE_GEOSERVER_MODULE_NAMES_GEOSERVER = noClasses()
            .that()
            .resideOutsideOfPackage("org.geolandslide.geoserver..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.geoserver..");

    @ArchTest
    static final ArchRule ONLY_THE_ALIGNMENT_NAMES_JAI = noClasses()
            .that()
            .resideOutsideOfPackage("org.geolandslide.segmentation.alignment..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.media.jai..", "it.geosolutions.jaiext..");

    @ArchTest
    static final ArchRule NOTHING_OF_THE_TRAINING_RUNTIME_IS_REACHABLE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.geolandslide.training..", "org.bytedeco..", "com.google.flatbuffers..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("ai\\.onnxruntime\\.OrtTrainingSession.*");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("org.geolandslide.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_GENERIC_EXCEPTIONS = NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

    @ArchTest
    static final ArchRule NO_PRINTING = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
}
