package dev.entitlements.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** P10: what a host must never see in a signature, lest it has to fight over versions. */
public final class PublicApi {
  private static final List<String> HIDDEN =
      List.of(".internal.", "io.grpc.", "com.google.protobuf.", "dev.entitlements.momento.");

  private PublicApi() {}

  /** Holds the rule against all public types of the module to which a class belongs. */
  public static void assertHidesWhatIsBelow(Class<?> ofModule) {
    classes()
        .that()
        .arePublic()
        .and()
        .resideOutsideOfPackage("..internal..")
        .should(nameNoHiddenTypes())
        .check(
            new ClassFileImporter()
                .importUrl(ofModule.getProtectionDomain().getCodeSource().getLocation()));
  }

  private static ArchCondition<JavaClass> nameNoHiddenTypes() {
    return new ArchCondition<>("name no hidden types in public or protected signatures") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        List<JavaType> named = new ArrayList<>();
        type.getRawSuperclass().ifPresent(named::add);
        named.addAll(type.getInterfaces());
        type.getFields().stream()
            .filter(f -> isVisible(f.getModifiers()))
            .forEach(f -> add(named, f));
        type.getCodeUnits().stream()
            .filter(unit -> isVisible(unit.getModifiers()))
            .forEach(unit -> add(named, unit));
        for (JavaType part : named) {
          for (JavaClass raw : part.getAllInvolvedRawTypes()) {
            if (HIDDEN.stream().anyMatch((raw.getName() + ".")::contains)) {
              events.add(
                  SimpleConditionEvent.violated(type, type.getName() + " shows " + raw.getName()));
            }
          }
        }
      }
    };
  }

  private static boolean isVisible(Set<JavaModifier> modifiers) {
    return !modifiers.contains(JavaModifier.SYNTHETIC)
        && (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED));
  }

  private static void add(List<JavaType> named, JavaField field) {
    named.add(field.getType());
  }

  private static void add(List<JavaType> named, JavaCodeUnit unit) {
    named.add(unit.getReturnType());
    named.addAll(unit.getParameterTypes());
    named.addAll(unit.getExceptionTypes());
  }
}
