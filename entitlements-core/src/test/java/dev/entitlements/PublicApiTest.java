package dev.entitlements;

import static com.tngtech.archunit.core.domain.JavaModifier.PROTECTED;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.entitlements.local.LocalMomento;
import dev.entitlements.testkit.PublicApi;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A host may use this library beside any version of what it is built on. */
@Tag("P10")
class PublicApiTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("entitlements-local"))
          .importPackages("dev.entitlements");

  private static final DescribedPredicate<JavaClass> PUBLISHED =
      DescribedPredicate.describe(
          "are published", type -> isVisible(type) && !type.getPackageName().contains("internal"));

  @Test
  void thePublishedTypesAreSeen() {
    assertThat(CORE.stream().filter(PUBLISHED).map(JavaClass::getSimpleName))
        .contains("Entitlements", "Content", "SessionToken", "GrpcMomento", "GrpcConnection")
        .doesNotContain("ChannelPool", "JsonDocument", "GrpcSubscription");
  }

  @Test
  void noPublishedTypeExposesInternalGrpcProtobufOrJacksonTypes() {
    classes().that(PUBLISHED).should(exposeOnlyOwnTypesAndThoseOfTheJdk()).check(CORE);
  }

  /** Here, because the local server's own tests cannot see the rule. */
  @Test
  void noPublicSignatureOfTheLocalServerNamesInternalTransportOrProtobufTypes() {
    PublicApi.assertHidesWhatIsBelow(LocalMomento.class);
  }

  @Test
  void theModelDoesNotKnowMomento() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.entitlements", "dev.entitlements.internal")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.entitlements.momento..", "io.grpc..", "com.google..", "grpc..")
        .check(CORE);
  }

  private static ArchCondition<JavaClass> exposeOnlyOwnTypesAndThoseOfTheJdk() {
    return new ArchCondition<>("expose only types of their own and of the JDK") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        exposedBy(type)
            .filter(exposed -> !isAllowed(exposed.getBaseComponentType()))
            .forEach(
                exposed ->
                    events.add(
                        SimpleConditionEvent.violated(
                            type, type.getName() + " exposes " + exposed.getName())));
      }
    };
  }

  /** Every type that a caller or a subclass meets, type arguments included. */
  private static Stream<JavaClass> exposedBy(JavaClass type) {
    List<JavaType> types = new ArrayList<>(type.getInterfaces());
    type.getSuperclass().ifPresent(types::add);
    for (JavaMember member : type.getMembers()) {
      if (!member.getModifiers().contains(PUBLIC) && !member.getModifiers().contains(PROTECTED)) {
        continue;
      }
      if (member instanceof JavaField field) {
        types.add(field.getType());
      } else if (member instanceof JavaCodeUnit code) {
        types.add(code.getReturnType());
        types.addAll(code.getParameterTypes());
        types.addAll(code.getExceptionTypes());
      }
    }
    return types.stream().flatMap(exposed -> exposed.getAllInvolvedRawTypes().stream());
  }

  private static boolean isAllowed(JavaClass type) {
    boolean own =
        type.getPackageName().startsWith("dev.entitlements")
            && !type.getPackageName().contains("internal")
            && isVisible(type);
    return type.isPrimitive() || type.getPackageName().startsWith("java.") || own;
  }

  private static boolean isVisible(JavaClass type) {
    return type.getModifiers().contains(PUBLIC)
        && type.getEnclosingClass().map(PublicApiTest::isVisible).orElse(true);
  }
}
