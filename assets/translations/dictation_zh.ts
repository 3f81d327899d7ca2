<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>settings</name>
  <message>
   <source>Hotkeys</source>
   <translation>快捷键</translation>
  </message>
  <message>
   <source>Microphone</source>
   <translation>麦克风</translation>
  </message>
  <message>
   <source>How you are heard</source>
   <translation>听写</translation>
  </message>
  <message>
   <source>Recognition</source>
   <translation>识别</translation>
  </message>
  <message>
   <source>Remote recogniser (OpenAI-compatible)</source>
   <translation>远程识别（兼容 OpenAI）</translation>
  </message>
  <message>
   <source>Words</source>
   <translation>文字</translation>
  </message>
  <message>
   <source>AI</source>
   <translation>AI</translation>
  </message>
  <message>
   <source>Commands</source>
   <translation>命令</translation>
  </message>
  <message>
   <source>Inserting text</source>
   <translation>插入文字</translation>
  </message>
  <message>
   <source>Look and sound</source>
   <translation>外观与声音</translation>
  </message>
  <message>
   <source>History</source>
   <translation>历史记录</translation>
  </message>
  <message>
   <source>Model downloads</source>
   <translation>模型下载</translation>
  </message>
  <message>
   <source>Dictation key</source>
   <translation>听写键</translation>
  </message>
  <message>
   <source>Hold to speak. auto: the key that collides least on this platform.</source>
   <translation>按住说话。auto：本平台上最不容易冲突的键。</translation>
  </message>
  <message>
   <source>Command key</source>
   <translation>命令键</translation>
  </message>
  <message>
   <source>Hold to say what you want done: a shell command appears, never run.</source>
   <translation>按住说出想做的事：出现一条 shell 命令，绝不自动运行。</translation>
  </message>
  <message>
   <source>Key behaviour</source>
   <translation>按键方式</translation>
  </message>
  <message>
   <source>hold: speak while down. toggle: press to start, press to stop. both: a tap toggles.</source>
   <translation>hold：按住时说话。toggle：按一下开始，再按一下结束。both：短按切换，长按说话。</translation>
  </message>
  <message>
   <source>Hold, or tap to start and stop</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Hold to speak</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Tap to start and stop</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Cancel key</source>
   <translation>取消键</translation>
  </message>
  <message>
   <source>Throws the running recording away; off: none.</source>
   <translation>丢弃正在进行的录音；off：不设。</translation>
  </message>
  <message>
   <source>Tap</source>
   <translation>短按</translation>
  </message>
  <message>
   <source>A press shorter than this toggles, in milliseconds.</source>
   <translation>短于此时长的按键算切换，单位毫秒。</translation>
  </message>
  <message>
   <source>Device</source>
   <translation>设备</translation>
  </message>
  <message>
   <source>Name or part of it, as in `dictation devices`; empty: the system's default.</source>
   <translation>名称或其中一部分，见 `dictation devices`；留空：系统默认设备。</translation>
  </message>
  <message>
   <source>Keep the microphone open</source>
   <translation>麦克风常开</translation>
  </message>
  <message>
   <source>Also records the moment before the key; the system shows the microphone in use.</source>
   <translation>按键前的一瞬间也会录到；系统会显示麦克风正在使用。</translation>
  </message>
  <message>
   <source>Before the key</source>
   <translation>按键之前</translation>
  </message>
  <message>
   <source>What is kept from before the key while warm, in ms.</source>
   <translation>麦克风常开时，保留按键之前多长的声音，单位毫秒。</translation>
  </message>
  <message>
   <source>After release</source>
   <translation>松开之后</translation>
  </message>
  <message>
   <source>How long recording goes on after release, in ms.</source>
   <translation>松开按键后继续录音多久，单位毫秒。</translation>
  </message>
  <message>
   <source>Longest recording</source>
   <translation>最长录音</translation>
  </message>
  <message>
   <source>A recording is ended and used after so many minutes.</source>
   <translation>录音到这么多分钟时自动结束并识别。</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>语言</translation>
  </message>
  <message>
   <source>auto chooses between zh and en for each utterance.</source>
   <translation>auto：每句话自动判断 zh 或 en。</translation>
  </message>
  <message>
   <source>Chinese and English</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Chinese</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>English</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Silence gate</source>
   <translation>静音门限</translation>
  </message>
  <message>
   <source>Speech probability that counts as speech; higher is stricter.</source>
   <translation>语音概率达到多少才算有人说话；越高越严格。</translation>
  </message>
  <message>
   <source>Quiet voice</source>
   <translation>轻声</translation>
  </message>
  <message>
   <source>Lets whispers through; more noises get as far as the recogniser.</source>
   <translation>放行耳语；也会有更多噪声进入识别。</translation>
  </message>
  <message>
   <source>Engine</source>
   <translation>引擎</translation>
  </message>
  <message>
   <source>local Whisper, or a remote server.</source>
   <translation>local：本机 Whisper；remote：远程服务器。</translation>
  </message>
  <message>
   <source>On this machine</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A remote server</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Model</source>
   <translation>模型</translation>
  </message>
  <message>
   <source>A name from `dictation models list`, or a folder. auto: the best one installed.</source>
   <translation>`dictation models list` 中的名称，或一个文件夹。auto：已安装的最好的一个。</translation>
  </message>
  <message>
   <source>Compute on</source>
   <translation>计算设备</translation>
  </message>
  <message>
   <source>auto takes a CUDA GPU if there is one.</source>
   <translation>auto：有 CUDA 显卡就用显卡。</translation>
  </message>
  <message>
   <source>Automatic</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>CPU</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>GPU (CUDA)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Precision</source>
   <translation>精度</translation>
  </message>
  <message>
   <source>auto: int8 on the CPU, float16 on the GPU.</source>
   <translation>auto：CPU 用 int8，GPU 用 float16。</translation>
  </message>
  <message>
   <source>int8</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>int8 and float16</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>float16</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>float32</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Encoder context</source>
   <translation>编码长度</translation>
  </message>
  <message>
   <source>auto: short for short speech, checked against full (30 s) on your own speech.</source>
   <translation>auto：短句用短的，并用你自己的语音与完整长度（30 秒）核对。</translation>
  </message>
  <message>
   <source>As long as the speech</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Always 30 s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Threads</source>
   <translation>线程数</translation>
  </message>
  <message>
   <source>0: chosen for this machine.</source>
   <translation>0：按本机情况选择。</translation>
  </message>
  <message>
   <source>Unload when idle</source>
   <translation>空闲时卸载</translation>
  </message>
  <message>
   <source>Frees the model's memory after so many minutes; 0: never.</source>
   <translation>空闲这么多分钟后释放模型内存；0：从不。</translation>
  </message>
  <message>
   <source>Address</source>
   <translation>地址</translation>
  </message>
  <message>
   <source>Base address of a server with /audio/transcriptions, such as http://gpu:8000/v1.</source>
   <translation>提供 /audio/transcriptions 的服务器地址，例如 http://gpu:8000/v1。</translation>
  </message>
  <message>
   <source>The model's name on that server.</source>
   <translation>该服务器上的模型名称。</translation>
  </message>
  <message>
   <source>Patience</source>
   <translation>最长等待</translation>
  </message>
  <message>
   <source>Longest wait for the server, in seconds.</source>
   <translation>等待服务器的最长时间，单位秒。</translation>
  </message>
  <message>
   <source>Language rules</source>
   <translation>语言规则</translation>
  </message>
  <message>
   <source>Mends technical terms, spoken code, numbers and spacing; off: as heard.</source>
   <translation>修正术语、口述代码、数字和空格；关闭：原样输出。</translation>
  </message>
  <message>
   <source>Spoken code</source>
   <translation>口述代码</translation>
  </message>
  <message>
   <source>Turns spoken paths, symbols and letters into written ones.</source>
   <translation>把口述的路径、符号和字母写成代码形式。</translation>
  </message>
  <message>
   <source>Numbers</source>
   <translation>数字</translation>
  </message>
  <message>
   <source>Writes digits where there is a reason, as in versions and ports.</source>
   <translation>该用数字时写数字，例如版本号和端口。</translation>
  </message>
  <message>
   <source>Leave out fillers</source>
   <translation>去掉语气词</translation>
  </message>
  <message>
   <source>Leaves out um and 嗯.</source>
   <translation>去掉 um、嗯 等。</translation>
  </message>
  <message>
   <source>Spacing</source>
   <translation>空格</translation>
  </message>
  <message>
   <source>Puts a space between Chinese and Latin words.</source>
   <translation>在中文和西文之间加空格。</translation>
  </message>
  <message>
   <source>Punctuation</source>
   <translation>标点</translation>
  </message>
  <message>
   <source>Next to Chinese: full width, half width, or keep what was heard.</source>
   <translation>中文旁的标点：full 全角，half 半角，keep 保持原样。</translation>
  </message>
  <message>
   <source>Full width（，。）</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Half width (,.)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>As heard</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Chinese script</source>
   <translation>简繁</translation>
  </message>
  <message>
   <source>simplified turns traditional characters into simplified ones.</source>
   <translation>simplified：把繁体字转换成简体字。</translation>
  </message>
  <message>
   <source>Simplified</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Project names</source>
   <translation>项目名称</translation>
  </message>
  <message>
   <source>Knows the names of files and code in the project in front.</source>
   <translation>认得当前项目里的文件名和代码名称。</translation>
  </message>
  <message>
   <source>Mend with a language model</source>
   <translation>用语言模型润色</translation>
  </message>
  <message>
   <source>off; doubtful: only where the rules are unsure; always.</source>
   <translation>off：关闭；doubtful：只在规则拿不准时；always：总是。</translation>
  </message>
  <message>
   <source>Never</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>When in doubt</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Always</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Provider</source>
   <translation>服务商</translation>
  </message>
  <message>
   <source>Whose address is used. none: nothing is ever sent.</source>
   <translation>使用谁的地址。none：什么都不发送。</translation>
  </message>
  <message>
   <source>None</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>OpenAI</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>DeepSeek</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Zhipu GLM</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Moonshot Kimi</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Qwen (DashScope)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>SiliconFlow</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>OpenRouter</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ollama (here)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>llama.cpp (here)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>LM Studio (here)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Another server</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Base address of an OpenAI-compatible server; empty: the provider's.</source>
   <translation>兼容 OpenAI 的服务器地址；留空：服务商的默认地址。</translation>
  </message>
  <message>
   <source>The model's name there; empty: the provider's usual one.</source>
   <translation>模型名称；留空：服务商的常用模型。</translation>
  </message>
  <message>
   <source>Longest wait</source>
   <translation>最长等待</translation>
  </message>
  <message>
   <source>After so many seconds the text goes in without it.</source>
   <translation>超过这么多秒就不再等待，直接插入文字。</translation>
  </message>
  <message>
   <source>Ask a language model</source>
   <translation>询问语言模型</translation>
  </message>
  <message>
   <source>Where no phrase or snippet fits and a provider is set.</source>
   <translation>没有合适的短语或片段、且已设置服务商时。</translation>
  </message>
  <message>
   <source>For commands; empty: the same as for text.</source>
   <translation>用于命令；留空：与文字相同。</translation>
  </message>
  <message>
   <source>For the model's answer, in seconds.</source>
   <translation>等待模型回答的时间，单位秒。</translation>
  </message>
  <message>
   <source>Send names</source>
   <translation>发送名称</translation>
  </message>
  <message>
   <source>Lets the model see names of files and branches here.</source>
   <translation>让模型看到这里的文件名和分支名。</translation>
  </message>
  <message>
   <source>Method</source>
   <translation>方式</translation>
  </message>
  <message>
   <source>auto pastes and gives the clipboard back.</source>
   <translation>auto：粘贴，然后恢复剪贴板。</translation>
  </message>
  <message>
   <source>Paste</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Type</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Put text in</source>
   <translation>插入时机</translation>
  </message>
  <message>
   <source>release: all of it at the end. pause: also at pauses, unless a held Ctrl, Alt or Shift is in the way.</source>
   <translation>release：结束时一次插入。pause：停顿时也插入，除非按住的 Ctrl、Alt 或 Shift 碍事。</translation>
  </message>
  <message>
   <source>When you have finished</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Also at pauses</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Programs that differ</source>
   <translation>个别程序</translation>
  </message>
  <message>
   <source>Such as `emacs=ctrl+v, xfreerdp=paste`; also type and never.</source>
   <translation>如 `emacs=ctrl+v, xfreerdp=paste`；还可用 type、never。</translation>
  </message>
  <message>
   <source>Bring the window back</source>
   <translation>切回原窗口</translation>
  </message>
  <message>
   <source>off: the text waits when another window has the cursor.</source>
   <translation>关闭：光标已在别的窗口时，文字留着等你处理。</translation>
  </message>
  <message>
   <source>Interface language</source>
   <translation>界面语言</translation>
  </message>
  <message>
   <source>auto: the desktop's language.</source>
   <translation>auto：跟随桌面语言。</translation>
  </message>
  <message>
   <source>As the desktop</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>中文</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Overlay</source>
   <translation>浮窗</translation>
  </message>
  <message>
   <source>Where the pill appears that shows you are heard.</source>
   <translation>显示“正在听”的小浮窗出现的位置。</translation>
  </message>
  <message>
   <source>At the bottom</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>At the top</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nowhere</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Motion</source>
   <translation>动效</translation>
  </message>
  <message>
   <source>off: the pill does not move with your voice.</source>
   <translation>关闭：浮窗不随声音变化。</translation>
  </message>
  <message>
   <source>Sounds</source>
   <translation>声音</translation>
  </message>
  <message>
   <source>A short, soft sound when listening begins and ends.</source>
   <translation>开始和结束听写时各有一声轻短的提示音。</translation>
  </message>
  <message>
   <source>Keep texts</source>
   <translation>保存文字</translation>
  </message>
  <message>
   <source>What was said stays on this machine, readable by you alone.</source>
   <translation>说过的内容留在本机，只有你能读取。</translation>
  </message>
  <message>
   <source>For days</source>
   <translation>保存天数</translation>
  </message>
  <message>
   <source>Older texts are deleted; 0: never.</source>
   <translation>更早的文字会被删除；0：从不删除。</translation>
  </message>
  <message>
   <source>Keep recordings</source>
   <translation>保存录音</translation>
  </message>
  <message>
   <source>Also keeps the sound, to hear it or transcribe it again.</source>
   <translation>同时保存声音，以便回放或重新识别。</translation>
  </message>
  <message>
   <source>Download from</source>
   <translation>下载地址</translation>
  </message>
  <message>
   <source>Another address that serves the same models; empty: the usual one.</source>
   <translation>提供相同模型的其他地址；留空：默认地址。</translation>
  </message>
  <message>
   <source>Folder</source>
   <translation>文件夹</translation>
  </message>
  <message>
   <source>Where models are kept; empty: the platform's place for data.</source>
   <translation>模型存放位置；留空：系统的数据目录。</translation>
  </message>
 </context>
 <context>
  <name>CommandBox</name>
  <message>
   <source>Command</source>
   <translation>命令</translation>
  </message>
 </context>
 <context>
  <name>gate</name>
  <message>
   <source>Noise</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Speech</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>keys</name>
  <message>
   <source>Automatic</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>None</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Left {key}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Right {key}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Space</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Middle mouse button</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Back mouse button</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Forward mouse button</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Press the keys…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>More</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>As usual: {key}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No key</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>main</name>
  <message>
   <source>Dictation</source>
   <translation>听写</translation>
  </message>
 </context>
 <context>
  <name>Interface</name>
  <message>
   <source>There is no model yet that understands you. Pick one in Settings, Models.</source>
   <translation>还没有能听懂你说话的模型。请在“设置”的“模型”里选一个。</translation>
  </message>
 </context>
 <context>
  <name>ModelTable</name>
  <message>
   <source>{name}; licence: {licence}</source>
   <translation>{name}；许可证：{licence}</translation>
  </message>
  <message>
   <source>Model</source>
   <translation>模型</translation>
  </message>
  <message>
   <source>Download</source>
   <translation>下载大小</translation>
  </message>
  <message>
   <source>Languages</source>
   <translation>语言</translation>
  </message>
  <message>
   <source>Good for</source>
   <translation>适合</translation>
  </message>
  <message>
   <source>State</source>
   <translation>状态</translation>
  </message>
  <message>
   <source>Chinese</source>
   <translation>中文</translation>
  </message>
  <message>
   <source>English</source>
   <translation>英文</translation>
  </message>
  <message>
   <source>Chinese, English, more</source>
   <translation>中文、英文等</translation>
  </message>
  <message>
   <source>In use</source>
   <translation>使用中</translation>
  </message>
  <message>
   <source>Installed</source>
   <translation>已安装</translation>
  </message>
  <message>
   <source>Recommended</source>
   <translation>推荐</translation>
  </message>
 </context>
 <context>
  <name>ModelsPage</name>
  <message>
   <source>Models</source>
   <translation>模型</translation>
  </message>
  <message>
   <source>&amp;Download</source>
   <translation>下载(&amp;D)</translation>
  </message>
  <message>
   <source>&amp;Use this model</source>
   <translation>使用此模型(&amp;U)</translation>
  </message>
  <message>
   <source>&amp;Cancel download</source>
   <translation>取消下载(&amp;C)</translation>
  </message>
  <message>
   <source>Download progress</source>
   <translation>下载进度</translation>
  </message>
  <message>
   <source>Only the self-test model is here; it understands a small vocabulary in synthetic voices. Pick one to download.</source>
   <translation>现在只有自检模型，它只认得合成语音的少量词汇。请选一个模型下载。</translation>
  </message>
  <message>
   <source>No model is here yet. Pick one to download.</source>
   <translation>还没有模型。请选一个下载。</translation>
  </message>
  <message>
   <source>{label}: named {name} in settings and commands; licence {licence}.</source>
   <translation>{label}：在设置和命令中叫 {name}；许可证 {licence}。</translation>
  </message>
  <message>
   <source>Getting {label}…</source>
   <translation>正在下载 {label}…</translation>
  </message>
  <message>
   <source>{label}: {done} of {total}</source>
   <translation>{label}：{done} / {total}</translation>
  </message>
  <message>
   <source>{label}: {done}</source>
   <translation>{label}：{done}</translation>
  </message>
  <message>
   <source>Stopped. What is here is kept; Download goes on from there.</source>
   <translation>已停止。已下载的部分会保留，再次下载时继续。</translation>
  </message>
  <message>
   <source>{label} is here.</source>
   <translation>{label} 已就绪。</translation>
  </message>
 </context>
 <context>
  <name>PillWindow</name>
  <message>
   <source>Dictation</source>
   <translation>听写</translation>
  </message>
 </context>
 <context>
  <name>overlay</name>
  <message>
   <source>No sound comes in: is the microphone muted?</source>
   <translation>没有声音进来：麦克风是否静音？</translation>
  </message>
  <message>
   <source>Thinking…</source>
   <translation>正在识别…</translation>
  </message>
  <message>
   <source>Nothing heard: the microphone is muted</source>
   <translation>没听到声音：麦克风静音</translation>
  </message>
  <message>
   <source>Nothing heard: too short</source>
   <translation>没听到声音：时间太短</translation>
  </message>
  <message>
   <source>Nothing heard: no voice</source>
   <translation>没听到人声</translation>
  </message>
  <message>
   <source>Nothing typed: {reason}</source>
   <translation>没有输入：{reason}</translation>
  </message>
  <message>
   <source>Transcribe anyway: tray menu, or `dictation anyway`</source>
   <translation>仍要识别：托盘菜单，或 `dictation anyway`</translation>
  </message>
  <message>
   <source>{why}. Insert here or copy: tray menu, or `dictation insert-last`</source>
   <translation>{why}。在此插入或复制：托盘菜单，或 `dictation insert-last`</translation>
  </message>
  <message>
   <source>The text is kept: `dictation insert-last`</source>
   <translation>文字已保留：`dictation insert-last`</translation>
  </message>
  <message>
   <source>Say what you want done</source>
   <translation>说出你想做的事</translation>
  </message>
  <message>
   <source>Listening</source>
   <translation>正在听</translation>
  </message>
 </context>
 <context>
  <name>PanelWindow</name>
  <message>
   <source>Command</source>
   <translation>命令</translation>
  </message>
  <message>
   <source>Copied.</source>
   <translation>已复制。</translation>
  </message>
  <message>
   <source>Question</source>
   <translation>提问</translation>
  </message>
  <message>
   <source>A moment…</source>
   <translation>请稍候…</translation>
  </message>
  <message>
   <source>Click here to use the keys.</source>
   <translation>点击这里以使用按键。</translation>
  </message>
 </context>
 <context>
  <name>panel</name>
  <message>
   <source>Safe</source>
   <translation>安全</translation>
  </message>
  <message>
   <source>Take care</source>
   <translation>请留意</translation>
  </message>
  <message>
   <source>Dangerous</source>
   <translation>危险</translation>
  </message>
  <message>
   <source>from the language model</source>
   <translation>来自语言模型</translation>
  </message>
  <message>
   <source>from your snippets</source>
   <translation>来自你的片段</translation>
  </message>
  <message>
   <source>from a built-in phrase</source>
   <translation>来自内置短语</translation>
  </message>
  <message>
   <source>as you said it</source>
   <translation>按你所说</translation>
  </message>
  <message>
   <source>Yes, put it in</source>
   <translation>确认放入</translation>
  </message>
  <message>
   <source>Put in</source>
   <translation>放入</translation>
  </message>
  <message>
   <source>Drop</source>
   <translation>丢弃</translation>
  </message>
  <message>
   <source>Explain</source>
   <translation>说明</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>复制</translation>
  </message>
  <message>
   <source>Another</source>
   <translation>换一条</translation>
  </message>
  <message>
   <source>Hold the command key and answer, or say it in other words.</source>
   <translation>按住命令键回答，或换个说法。</translation>
  </message>
  <message>
   <source>It must not be put at a prompt as it stands. It can be copied.</source>
   <translation>它不能原样放到提示符后，但可以复制。</translation>
  </message>
  <message>
   <source>Dangerous. Press Y to put it in all the same; nothing runs until you press Enter there.</source>
   <translation>危险。按 Y 仍然放入；在那里按回车之前什么都不会运行。</translation>
  </message>
  <message>
   <source>Heard: {words}</source>
   <translation>听到：{words}</translation>
  </message>
  <message>
   <source>For {shell}, {origin}.</source>
   <translation>用于 {shell}，{origin}。</translation>
  </message>
  <message>
   <source>It is put at the prompt and never run: that takes your own Enter.</source>
   <translation>只会放到提示符后，绝不运行：要运行得你自己按回车。</translation>
  </message>
  <message>
   <source>To change it, hold the command key again and say what should be different.</source>
   <translation>要修改，请再次按住命令键，说出哪里要改。</translation>
  </message>
 </context>
 <context>
  <name>phrases</name>
  <message>
   <source>Ready</source>
   <translation>就绪</translation>
  </message>
  <message>
   <source>Loading the model</source>
   <translation>正在加载模型</translation>
  </message>
  <message>
   <source>Listening</source>
   <translation>正在听</translation>
  </message>
  <message>
   <source>Thinking</source>
   <translation>正在识别</translation>
  </message>
  <message>
   <source>Not working</source>
   <translation>无法工作</translation>
  </message>
  <message>
   <source>Listening for a command</source>
   <translation>正在听命令</translation>
  </message>
  <message>
   <source>too short to be speech</source>
   <translation>太短，不像说话</translation>
  </message>
  <message>
   <source>microphone silent: muted, or the wrong one?</source>
   <translation>麦克风没有声音：静音了，还是选错了？</translation>
  </message>
  <message>
   <source>no voice</source>
   <translation>没有人声</translation>
  </message>
  <message>
   <source>only noise, which sounded like a stock phrase</source>
   <translation>只有噪声，听上去像套话</translation>
  </message>
  <message>
   <source>only the hint words came back</source>
   <translation>只返回了提示词</translation>
  </message>
  <message>
   <source>more words than can be said in that time</source>
   <translation>字数多到这段时间说不完</translation>
  </message>
  <message>
   <source>the same words over and over</source>
   <translation>同样的词一再重复</translation>
  </message>
  <message>
   <source>Last text: {text}</source>
   <translation>上次的文字：{text}</translation>
  </message>
  <message>
   <source>Nothing typed: {reason}</source>
   <translation>没有输入：{reason}</translation>
  </message>
  <message>
   <source>Kept, not typed: {why}</source>
   <translation>已保留，未输入：{why}</translation>
  </message>
  <message>
   <source>Command: {command}</source>
   <translation>命令：{command}</translation>
  </message>
  <message>
   <source>Failed: {what}</source>
   <translation>失败：{what}</translation>
  </message>
  <message>
   <source>Thrown away, as you asked</source>
   <translation>已按你的要求丢弃</translation>
  </message>
 </context>
 <context>
  <name>pick</name>
  <message>
   <source>{name} (not there)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Browse…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose a folder</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The system's default</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The best one here</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The usual place</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>StatusLine</name>
  <message>
   <source>State</source>
   <translation>状态</translation>
  </message>
  <message>
   <source>Last utterance</source>
   <translation>上一句</translation>
  </message>
  <message>
   <source>Notice</source>
   <translation>通知</translation>
  </message>
  <message>
   <source>{state}. Dictation key: {key}.</source>
   <translation>{state}。听写键：{key}。</translation>
  </message>
  <message>
   <source>{state}.</source>
   <translation>{state}。</translation>
  </message>
 </context>
 <context>
  <name>Tray</name>
  <message>
   <source>Paused</source>
   <translation>已暂停</translation>
  </message>
  <message>
   <source>Dictation: {state}</source>
   <translation>听写：{state}</translation>
  </message>
  <message>
   <source>Key: {key}</source>
   <translation>按键：{key}</translation>
  </message>
  <message>
   <source>Microphone: {trouble}</source>
   <translation>麦克风：{trouble}</translation>
  </message>
  <message>
   <source>Dictation</source>
   <translation>听写</translation>
  </message>
 </context>
 <context>
  <name>TrayMenu</name>
  <message>
   <source>&amp;Stop</source>
   <translation>停止(&amp;S)</translation>
  </message>
  <message>
   <source>&amp;Dictate now</source>
   <translation>开始听写(&amp;D)</translation>
  </message>
  <message>
   <source>&amp;Command now</source>
   <translation>说命令(&amp;C)</translation>
  </message>
  <message>
   <source>No text yet</source>
   <translation>还没有文字</translation>
  </message>
  <message>
   <source>&amp;Insert here</source>
   <translation>在此插入(&amp;I)</translation>
  </message>
  <message>
   <source>&amp;Insert again</source>
   <translation>再次插入(&amp;I)</translation>
  </message>
  <message>
   <source>Copy what was &amp;heard: {words}</source>
   <translation>复制听到的原话(&amp;H)：{words}</translation>
  </message>
  <message>
   <source>Copy what was &amp;heard</source>
   <translation>复制听到的原话(&amp;H)</translation>
  </message>
  <message>
   <source>&amp;Mend with a language model</source>
   <translation>用语言模型润色(&amp;M)</translation>
  </message>
  <message>
   <source>No language model is set</source>
   <translation>未设置语言模型</translation>
  </message>
  <message>
   <source>Show the &amp;waiting command</source>
   <translation>显示等待的命令(&amp;W)</translation>
  </message>
  <message>
   <source>&amp;Copy</source>
   <translation>复制(&amp;C)</translation>
  </message>
  <message>
   <source>&amp;Undo</source>
   <translation>撤销(&amp;U)</translation>
  </message>
  <message>
   <source>&amp;Transcribe what was taken for silence</source>
   <translation>识别被当作静音的录音(&amp;T)</translation>
  </message>
  <message>
   <source>Micr&amp;ophone</source>
   <translation>麦克风(&amp;O)</translation>
  </message>
  <message>
   <source>&amp;Language</source>
   <translation>语言(&amp;L)</translation>
  </message>
  <message>
   <source>&amp;Pause: do not listen for the keys</source>
   <translation>暂停：不监听按键(&amp;P)</translation>
  </message>
  <message>
   <source>&amp;History…</source>
   <translation>历史记录(&amp;H)…</translation>
  </message>
  <message>
   <source>S&amp;ettings…</source>
   <translation>设置(&amp;E)…</translation>
  </message>
  <message>
   <source>&amp;Quit</source>
   <translation>退出(&amp;Q)</translation>
  </message>
  <message>
   <source>Automatic</source>
   <translation>自动</translation>
  </message>
  <message>
   <source>Chinese</source>
   <translation>中文</translation>
  </message>
  <message>
   <source>English</source>
   <translation>英文</translation>
  </message>
  <message>
   <source>The system's default</source>
   <translation>系统默认</translation>
  </message>
 </context>
 <context>
  <name>Window</name>
  <message>
   <source>Dictation</source>
   <translation>听写</translation>
  </message>
  <message>
   <source>Pages</source>
   <translation>页面</translation>
  </message>
  <message>
   <source>&amp;General</source>
   <translation>常规(&amp;G)</translation>
  </message>
  <message>
   <source>&amp;Models</source>
   <translation>模型(&amp;M)</translation>
  </message>
  <message>
   <source>This desktop shows no tray icons, so Dictation has none. It goes on working when this window is closed: `dictation settings` opens the window again, `dictation quit` ends the app.</source>
   <translation>这个桌面不显示托盘图标，所以没有听写的图标。关闭此窗口后听写仍会继续工作：`dictation settings` 再次打开窗口，`dictation quit` 退出。</translation>
  </message>
 </context>
</TS>
