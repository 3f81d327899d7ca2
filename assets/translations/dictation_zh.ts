<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>CommandBox</name>
  <message>
   <source>Command</source>
   <translation>命令</translation>
  </message>
 </context>
 <context>
  <name>FirstRun</name>
  <message>
   <source>A model that understands you</source>
   <translation>能听懂你的模型</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>上一步</translation>
  </message>
  <message>
   <source>Can I hear you?</source>
   <translation>听得到你吗？</translation>
  </message>
  <message>
   <source>Click into the box and choose Dictate now in the tray's menu.</source>
   <translation>点一下输入框，再从托盘菜单选“开始听写”。</translation>
  </message>
  <message>
   <source>Click into the box, hold {key}, speak, and let go.</source>
   <translation>点一下输入框，按住 {key} 说话，然后松开。</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>完成</translation>
  </message>
  <message>
   <source>Download</source>
   <translation>下载</translation>
  </message>
  <message>
   <source>Go on</source>
   <translation>继续</translation>
  </message>
  <message>
   <source>In a terminal, hold {key} and speak: the command appears at the prompt.</source>
   <translation>在终端里按住 {key} 说话，命令就会出现在提示符后。</translation>
  </message>
  <message>
   <source>It is downloaded once and works on this machine, without a network. You can go on meanwhile.</source>
   <translation>只需下载一次，之后在本机运行，不需要网络。下载时可以继续下一步。</translation>
  </message>
  <message>
   <source>It is here and ready.</source>
   <translation>已就绪。</translation>
  </message>
  <message>
   <source>Looking…</source>
   <translation>正在查看…</translation>
  </message>
  <message>
   <source>Microphone test</source>
   <translation>麦克风测试</translation>
  </message>
  <message>
   <source>Next</source>
   <translation>下一步</translation>
  </message>
  <message>
   <source>Nothing runs until you press Enter there. Here it is only shown: choose an example, or type.</source>
   <translation>你在终端按下回车之前，什么都不会运行。这里只作展示：点一个例子，或自己输入。</translation>
  </message>
  <message>
   <source>Other models, a folder of your own or a server: Settings, Recognition.</source>
   <translation>其他模型、自己的文件夹或服务器：见“设置 › 识别”。</translation>
  </message>
  <message>
   <source>Press Test and say a few words. The bar moves with your voice.</source>
   <translation>按“测试”说几句话，音量条会随声音变化。</translation>
  </message>
  <message>
   <source>Say what you want done</source>
   <translation>说出你想做的事</translation>
  </message>
  <message>
   <source>Skip all</source>
   <translation>全部跳过</translation>
  </message>
  <message>
   <source>There it is.</source>
   <translation>文字到了。</translation>
  </message>
  <message>
   <source>This waits for the model</source>
   <translation>这一步要等模型</translation>
  </message>
  <message>
   <source>Try it</source>
   <translation>试一试</translation>
  </message>
  <message>
   <source>Welcome to Dictation</source>
   <translation>欢迎使用听写</translation>
  </message>
  <message>
   <source>Your words appear here.</source>
   <translation>你说的话会出现在这里。</translation>
  </message>
  <message>
   <source>{step} of {all}</source>
   <translation>第 {step} 步，共 {all} 步</translation>
  </message>
 </context>
 <context>
  <name>Interface</name>
  <message>
   <source>There is no model yet that understands you. Pick one in Settings, Recognition.</source>
   <translation>还没有能听懂你的模型，请在“设置 › 识别”中选一个。</translation>
  </message>
 </context>
 <context>
  <name>PanelWindow</name>
  <message>
   <source>A moment…</source>
   <translation>请稍候…</translation>
  </message>
  <message>
   <source>Click here to use the keys.</source>
   <translation>点击这里以使用按键。</translation>
  </message>
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
 </context>
 <context>
  <name>PillWindow</name>
  <message>
   <source>Dictation</source>
   <translation>听写</translation>
  </message>
 </context>
 <context>
  <name>StatusLine</name>
  <message>
   <source>Last utterance</source>
   <translation>上一句</translation>
  </message>
  <message>
   <source>Notice</source>
   <translation>通知</translation>
  </message>
  <message>
   <source>State</source>
   <translation>状态</translation>
  </message>
  <message>
   <source>{state}.</source>
   <translation>{state}。</translation>
  </message>
  <message>
   <source>{state}. Dictation key: {key}.</source>
   <translation>{state}。听写键：{key}。</translation>
  </message>
 </context>
 <context>
  <name>Tray</name>
  <message>
   <source>Dictation</source>
   <translation>听写</translation>
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
   <source>Paused</source>
   <translation>已暂停</translation>
  </message>
 </context>
 <context>
  <name>TrayMenu</name>
  <message>
   <source>&amp;Command now</source>
   <translation>说命令(&amp;C)</translation>
  </message>
  <message>
   <source>&amp;Copy</source>
   <translation>复制(&amp;C)</translation>
  </message>
  <message>
   <source>&amp;Dictate now</source>
   <translation>开始听写(&amp;D)</translation>
  </message>
  <message>
   <source>&amp;History…</source>
   <translation>历史记录(&amp;H)…</translation>
  </message>
  <message>
   <source>&amp;Insert again</source>
   <translation>再次插入(&amp;I)</translation>
  </message>
  <message>
   <source>&amp;Insert here</source>
   <translation>在此插入(&amp;I)</translation>
  </message>
  <message>
   <source>&amp;Language</source>
   <translation>语言(&amp;L)</translation>
  </message>
  <message>
   <source>&amp;Mend with a language model</source>
   <translation>用语言模型润色(&amp;M)</translation>
  </message>
  <message>
   <source>&amp;Pause: do not listen for the keys</source>
   <translation>暂停：不监听按键(&amp;P)</translation>
  </message>
  <message>
   <source>&amp;Quit</source>
   <translation>退出(&amp;Q)</translation>
  </message>
  <message>
   <source>&amp;Stop</source>
   <translation>停止(&amp;S)</translation>
  </message>
  <message>
   <source>&amp;Transcribe what was taken for silence</source>
   <translation>识别被当作静音的录音(&amp;T)</translation>
  </message>
  <message>
   <source>&amp;Undo</source>
   <translation>撤销(&amp;U)</translation>
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
   <source>Copy an ea&amp;rlier text</source>
   <translation>复制更早的文字(&amp;R)</translation>
  </message>
  <message>
   <source>Copy what was &amp;heard</source>
   <translation>复制听到的原话(&amp;H)</translation>
  </message>
  <message>
   <source>Copy what was &amp;heard: {words}</source>
   <translation>复制听到的原话(&amp;H)：{words}</translation>
  </message>
  <message>
   <source>English</source>
   <translation>英文</translation>
  </message>
  <message>
   <source>Micr&amp;ophone</source>
   <translation>麦克风(&amp;O)</translation>
  </message>
  <message>
   <source>No language model is set</source>
   <translation>未设置语言模型</translation>
  </message>
  <message>
   <source>No text yet</source>
   <translation>还没有文字</translation>
  </message>
  <message>
   <source>S&amp;ettings…</source>
   <translation>设置(&amp;E)…</translation>
  </message>
  <message>
   <source>S&amp;wap with what was heard</source>
   <translation>与听到的原文互换(&amp;W)</translation>
  </message>
  <message>
   <source>Show the &amp;waiting command</source>
   <translation>显示等待的命令(&amp;W)</translation>
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
   <source>Nothing of that name</source>
   <translation>没有找到</translation>
  </message>
  <message>
   <source>Pages</source>
   <translation>页面</translation>
  </message>
  <message>
   <source>Search settings</source>
   <translation>搜索设置</translation>
  </message>
  <message>
   <source>This desktop shows no tray icons, so Dictation has none. It goes on working when this window is closed: `dictation settings` opens the window again, `dictation quit` ends the app.</source>
   <translation>这个桌面不显示托盘图标，所以没有听写的图标。关闭此窗口后听写仍会继续工作：`dictation settings` 再次打开窗口，`dictation quit` 退出。</translation>
  </message>
 </context>
 <context>
  <name>about</name>
  <message>
   <source>All is well.</source>
   <translation>一切正常。</translation>
  </message>
  <message>
   <source>App</source>
   <translation>程序</translation>
  </message>
  <message>
   <source>Commands</source>
   <translation>命令</translation>
  </message>
  <message>
   <source>Copied</source>
   <translation>已复制</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>复制</translation>
  </message>
  <message>
   <source>Copy the findings</source>
   <translation>复制检查结果</translation>
  </message>
  <message>
   <source>Desktop</source>
   <translation>桌面</translation>
  </message>
  <message>
   <source>Dictation {version}</source>
   <translation>听写 {version}</translation>
  </message>
  <message>
   <source>Disk</source>
   <translation>磁盘</translation>
  </message>
  <message>
   <source>Does not work: {count}</source>
   <translation>有 {count} 项不能用</translation>
  </message>
  <message>
   <source>Encoder context</source>
   <translation>编码长度</translation>
  </message>
  <message>
   <source>For a bug report</source>
   <translation>报告问题时</translation>
  </message>
  <message>
   <source>Hotkeys</source>
   <translation>热键</translation>
  </message>
  <message>
   <source>Language model</source>
   <translation>语言模型</translation>
  </message>
  <message>
   <source>Libraries</source>
   <translation>库</translation>
  </message>
  <message>
   <source>Log</source>
   <translation>日志</translation>
  </message>
  <message>
   <source>Look again</source>
   <translation>重新检查</translation>
  </message>
  <message>
   <source>Looking…</source>
   <translation>正在查看…</translation>
  </message>
  <message>
   <source>Microphone</source>
   <translation>麦克风</translation>
  </message>
  <message>
   <source>Model</source>
   <translation>模型</translation>
  </message>
  <message>
   <source>Nothing on this desktop opens it. It is here: {place}</source>
   <translation>此桌面上没有程序能打开它。位置：{place}</translation>
  </message>
  <message>
   <source>Open in the browser</source>
   <translation>在浏览器中打开</translation>
  </message>
  <message>
   <source>Open the folder</source>
   <translation>打开文件夹</translation>
  </message>
  <message>
   <source>Open the folder of the log</source>
   <translation>打开日志所在的文件夹</translation>
  </message>
  <message>
   <source>Open the project's page in the browser</source>
   <translation>在浏览器中打开项目主页</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>设置</translation>
  </message>
  <message>
   <source>The project's page</source>
   <translation>项目主页</translation>
  </message>
  <message>
   <source>Typing</source>
   <translation>输入</translation>
  </message>
  <message>
   <source>Version</source>
   <translation>版本</translation>
  </message>
  <message>
   <source>Versions and findings as text, without keys, texts or your name.</source>
   <translation>版本和检查结果的文本，不含密钥、你说的话和你的用户名。</translation>
  </message>
  <message>
   <source>Voice dictation and commands, on your own machine.</source>
   <translation>在自己的电脑上用语音听写、下命令。</translation>
  </message>
  <message>
   <source>What went wrong, without keys and without what you said.</source>
   <translation>记录出错的情况，不含密钥，也不含你说的话。</translation>
  </message>
  <message>
   <source>What works on this machine</source>
   <translation>这台电脑的状况</translation>
  </message>
 </context>
 <context>
  <name>ai</name>
  <message>
   <source>A key is kept</source>
   <translation>已存有密钥</translation>
  </message>
  <message>
   <source>A language model can mend what the rules are unsure of, and make commands. It is optional: nothing is sent anywhere until you choose a provider.</source>
   <translation>语言模型可以修正规则拿不准的地方，也可以生成命令。可用可不用：选定服务商之前，什么都不会发出去。</translation>
  </message>
  <message>
   <source>API key</source>
   <translation>API 密钥</translation>
  </message>
  <message>
   <source>Access</source>
   <translation>访问</translation>
  </message>
  <message>
   <source>Another provider…</source>
   <translation>其他服务商…</translation>
  </message>
  <message>
   <source>Asking…</source>
   <translation>正在询问…</translation>
  </message>
  <message>
   <source>Asks the model to mend one sentence.</source>
   <translation>请模型修正一句话。</translation>
  </message>
  <message>
   <source>Choose a provider</source>
   <translation>选择服务商</translation>
  </message>
  <message>
   <source>Connection</source>
   <translation>连接</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>删除</translation>
  </message>
  <message>
   <source>It works.</source>
   <translation>可以使用。</translation>
  </message>
  <message>
   <source>Kept in the system's keyring, never in a file.</source>
   <translation>存在系统钥匙串里，不写入任何文件。</translation>
  </message>
  <message>
   <source>List models</source>
   <translation>列出模型</translation>
  </message>
  <message>
   <source>No key yet</source>
   <translation>还没有密钥</translation>
  </message>
  <message>
   <source>No models.</source>
   <translation>没有模型。</translation>
  </message>
  <message>
   <source>Ollama (found here)</source>
   <translation>Ollama（本机已运行）</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>保存</translation>
  </message>
  <message>
   <source>Test</source>
   <translation>测试</translation>
  </message>
  <message>
   <source>{count} models; choose one above.</source>
   <translation>有 {count} 个模型，请在上面选择。</translation>
  </message>
 </context>
 <context>
  <name>commands</name>
  <message>
   <source>A key for your shell</source>
   <translation>Shell 里的快捷键</translation>
  </message>
  <message>
   <source>Copied</source>
   <translation>已复制</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>复制</translation>
  </message>
  <message>
   <source>Example</source>
   <translation>示例</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>保存</translation>
  </message>
  <message>
   <source>Saved. They can be said from now on.</source>
   <translation>已保存，现在就可以说了。</translation>
  </message>
  <message>
   <source>What is said, and the command for it. Words in braces are filled with what you say.</source>
   <translation>要说的话和对应的命令。花括号里的词由你说的内容填入。</translation>
  </message>
  <message>
   <source>With this line in its start-up file, Ctrl+] in the shell listens, and the command is there. Nothing runs until you press Enter.</source>
   <translation>把这一行放进 Shell 的启动文件，之后在 Shell 里按 Ctrl+] 说话，命令就会出现。按回车之前不会执行。</translation>
  </message>
  <message>
   <source>Your own commands</source>
   <translation>自己的命令</translation>
  </message>
 </context>
 <context>
  <name>form</name>
  <message>
   <source>Back to the usual value</source>
   <translation>恢复默认值</translation>
  </message>
 </context>
 <context>
  <name>gate</name>
  <message>
   <source>Noise</source>
   <translation>噪声</translation>
  </message>
  <message>
   <source>Speech</source>
   <translation>语音</translation>
  </message>
 </context>
 <context>
  <name>general</name>
  <message>
   <source>Ask the desktop to let Dictation press keys</source>
   <translation>请桌面允许听写按键</translation>
  </message>
  <message>
   <source>Ask…</source>
   <translation>询问…</translation>
  </message>
  <message>
   <source>Dictation is there when you log in.</source>
   <translation>登录后听写就已就绪。</translation>
  </message>
  <message>
   <source>Dictation may press keys.</source>
   <translation>听写可以按键了。</translation>
  </message>
  <message>
   <source>Export the settings</source>
   <translation>导出设置</translation>
  </message>
  <message>
   <source>Export…</source>
   <translation>导出…</translation>
  </message>
  <message>
   <source>For another computer, or to keep. Keys and passwords are never in it. An import changes what the file says and leaves the rest.</source>
   <translation>可带到另一台电脑，或留作备份。文件里不含密钥和密码。导入只改动文件中写明的设置，其余不变。</translation>
  </message>
  <message>
   <source>Import settings</source>
   <translation>导入设置</translation>
  </message>
  <message>
   <source>Import…</source>
   <translation>导入…</translation>
  </message>
  <message>
   <source>Permission to press keys</source>
   <translation>按键权限</translation>
  </message>
  <message>
   <source>Settings (*.toml)</source>
   <translation>设置 (*.toml)</translation>
  </message>
  <message>
   <source>Settings as a file</source>
   <translation>设置文件</translation>
  </message>
  <message>
   <source>Start with the desktop</source>
   <translation>登录时启动</translation>
  </message>
  <message>
   <source>Texts are inserted by pressing keys. Your desktop asks whether Dictation may.</source>
   <translation>听写通过按键插入文字。你的桌面会询问是否允许。</translation>
  </message>
  <message>
   <source>The file says what is in force already.</source>
   <translation>文件中的设置与当前一致。</translation>
  </message>
  <message>
   <source>The settings of the file are in force.</source>
   <translation>文件中的设置已生效。</translation>
  </message>
  <message>
   <source>{count} settings were written.</source>
   <translation>已写出 {count} 项设置。</translation>
  </message>
 </context>
 <context>
  <name>hearing</name>
  <message>
   <source>Level</source>
   <translation>音量</translation>
  </message>
  <message>
   <source>No sound at all: is the microphone muted, or is it another one?</source>
   <translation>完全没有声音：麦克风静音了，还是选错了？</translation>
  </message>
  <message>
   <source>Play back</source>
   <translation>回放</translation>
  </message>
  <message>
   <source>Say something…</source>
   <translation>请说话…</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>停止</translation>
  </message>
  <message>
   <source>Test</source>
   <translation>测试</translation>
  </message>
  <message>
   <source>There is no program here that plays sound.</source>
   <translation>这里没有能播放声音的程序。</translation>
  </message>
  <message>
   <source>You are heard.</source>
   <translation>听到你了。</translation>
  </message>
 </context>
 <context>
  <name>history</name>
  <message>
   <source>(not transcribed)</source>
   <translation>（未识别）</translation>
  </message>
  <message>
   <source>Add</source>
   <translation>添加</translation>
  </message>
  <message>
   <source>All</source>
   <translation>全部</translation>
  </message>
  <message>
   <source>All programs</source>
   <translation>所有程序</translation>
  </message>
  <message>
   <source>Always write {term} for {heard}?</source>
   <translation>以后听到“{heard}”都写成“{term}”吗？</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Commands</source>
   <translation>命令</translation>
  </message>
  <message>
   <source>Copied.</source>
   <translation>已复制。</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>复制</translation>
  </message>
  <message>
   <source>Correct the text</source>
   <translation>更正文字</translation>
  </message>
  <message>
   <source>Correct…</source>
   <translation>更正…</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>删除</translation>
  </message>
  <message>
   <source>Delete all…</source>
   <translation>全部删除…</translation>
  </message>
  <message>
   <source>Deleted.</source>
   <translation>已删除。</translation>
  </message>
  <message>
   <source>Dismiss</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>Export the history</source>
   <translation>导出历史</translation>
  </message>
  <message>
   <source>Export…</source>
   <translation>导出…</translation>
  </message>
  <message>
   <source>Failed</source>
   <translation>失败</translation>
  </message>
  <message>
   <source>Heard: {text}</source>
   <translation>听到：{text}</translation>
  </message>
  <message>
   <source>Insert</source>
   <translation>插入</translation>
  </message>
  <message>
   <source>Insert again</source>
   <translation>再次放入</translation>
  </message>
  <message>
   <source>Inserted</source>
   <translation>已输入</translation>
  </message>
  <message>
   <source>JSON Lines (*.jsonl)</source>
   <translation>JSON Lines (*.jsonl)</translation>
  </message>
  <message>
   <source>Keep</source>
   <translation>保存</translation>
  </message>
  <message>
   <source>Kept</source>
   <translation>已保留</translation>
  </message>
  <message>
   <source>Not now</source>
   <translation>以后再说</translation>
  </message>
  <message>
   <source>Nothing found.</source>
   <translation>没有找到。</translation>
  </message>
  <message>
   <source>On its way…</source>
   <translation>正在进行…</translation>
  </message>
  <message>
   <source>Play</source>
   <translation>播放</translation>
  </message>
  <message>
   <source>Program</source>
   <translation>程序</translation>
  </message>
  <message>
   <source>Search what you said</source>
   <translation>搜索说过的话</translation>
  </message>
  <message>
   <source>Text</source>
   <translation>文字</translation>
  </message>
  <message>
   <source>Today</source>
   <translation>今天</translation>
  </message>
  <message>
   <source>Transcribe again</source>
   <translation>重新识别</translation>
  </message>
  <message>
   <source>Use this text</source>
   <translation>用这段文字</translation>
  </message>
  <message>
   <source>What another model hears</source>
   <translation>另一个模型听到的</translation>
  </message>
  <message>
   <source>What became of it</source>
   <translation>结果</translation>
  </message>
  <message>
   <source>What is kept</source>
   <translation>保留什么</translation>
  </message>
  <message>
   <source>What was heard</source>
   <translation>听到的内容</translation>
  </message>
  <message>
   <source>What you said</source>
   <translation>说过的话</translation>
  </message>
  <message>
   <source>What you say will stand here.</source>
   <translation>你说的话会出现在这里。</translation>
  </message>
  <message>
   <source>When and where</source>
   <translation>时间和地方</translation>
  </message>
  <message>
   <source>Why it was changed</source>
   <translation>为什么改动</translation>
  </message>
  <message>
   <source>Yesterday</source>
   <translation>昨天</translation>
  </message>
  <message>
   <source>sent; the window does not tell whether it arrived</source>
   <translation>已发送，该窗口不会告知是否收到</translation>
  </message>
  <message>
   <source>{count} entries were deleted.</source>
   <translation>已删除 {count} 条。</translation>
  </message>
  <message>
   <source>{count} entries were written.</source>
   <translation>已写出 {count} 条。</translation>
  </message>
  <message>
   <source>{model} (in use)</source>
   <translation>{model}（使用中）</translation>
  </message>
  <message>
   <source>{model} hears:</source>
   <translation>{model} 听到的：</translation>
  </message>
  <message>
   <source>{model} is being loaded…</source>
   <translation>正在载入 {model}…</translation>
  </message>
  <message>
   <source>{model} is listening to it…</source>
   <translation>{model} 正在听…</translation>
  </message>
  <message>
   <source>{ms} ms of waiting</source>
   <translation>等待 {ms} 毫秒</translation>
  </message>
  <message>
   <source>{seconds} s of speech</source>
   <translation>语音 {seconds} 秒</translation>
  </message>
  <message>
   <source>{term} is known from the next sentence on.</source>
   <translation>从下一句话起就认识 {term} 了。</translation>
  </message>
 </context>
 <context>
  <name>hotkeys</name>
  <message>
   <source>Click a key, then press the one you want. It works in every app.</source>
   <translation>点一下按键，再按想用的键。在所有程序里都有效。</translation>
  </message>
 </context>
 <context>
  <name>keys</name>
  <message>
   <source>As usual: {key}</source>
   <translation>恢复默认：{key}</translation>
  </message>
  <message>
   <source>Automatic</source>
   <translation>自动</translation>
  </message>
  <message>
   <source>Back mouse button</source>
   <translation>鼠标后退键</translation>
  </message>
  <message>
   <source>Forward mouse button</source>
   <translation>鼠标前进键</translation>
  </message>
  <message>
   <source>Left {key}</source>
   <translation>左 {key}</translation>
  </message>
  <message>
   <source>Media stop</source>
   <translation>停止播放</translation>
  </message>
  <message>
   <source>Middle mouse button</source>
   <translation>鼠标中键</translation>
  </message>
  <message>
   <source>More</source>
   <translation>更多</translation>
  </message>
  <message>
   <source>Mute</source>
   <translation>静音</translation>
  </message>
  <message>
   <source>Next track</source>
   <translation>下一首</translation>
  </message>
  <message>
   <source>No key</source>
   <translation>不设按键</translation>
  </message>
  <message>
   <source>None</source>
   <translation>无</translation>
  </message>
  <message>
   <source>Numpad {key}</source>
   <translation>小键盘 {key}</translation>
  </message>
  <message>
   <source>Play/Pause</source>
   <translation>播放/暂停</translation>
  </message>
  <message>
   <source>Press the keys…</source>
   <translation>请按下按键…</translation>
  </message>
  <message>
   <source>Previous track</source>
   <translation>上一首</translation>
  </message>
  <message>
   <source>Right {key}</source>
   <translation>右 {key}</translation>
  </message>
  <message>
   <source>Space</source>
   <translation>空格</translation>
  </message>
  <message>
   <source>Volume down</source>
   <translation>音量减</translation>
  </message>
  <message>
   <source>Volume up</source>
   <translation>音量加</translation>
  </message>
  <message>
   <source>{key} (automatic)</source>
   <translation>{key}（自动）</translation>
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
  <name>methods</name>
  <message>
   <source>Add</source>
   <translation>添加</translation>
  </message>
  <message>
   <source>Add a program</source>
   <translation>添加程序</translation>
  </message>
  <message>
   <source>As usual</source>
   <translation>同其他程序</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>语言</translation>
  </message>
  <message>
   <source>Language model</source>
   <translation>语言模型</translation>
  </message>
  <message>
   <source>Never insert</source>
   <translation>从不输入</translation>
  </message>
  <message>
   <source>Paste</source>
   <translation>粘贴</translation>
  </message>
  <message>
   <source>Paste with {keys}</source>
   <translation>用 {keys} 粘贴</translation>
  </message>
  <message>
   <source>Program</source>
   <translation>程序</translation>
  </message>
  <message>
   <source>Programs and what differs there</source>
   <translation>各程序的不同设置</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>移除</translation>
  </message>
  <message>
   <source>Remove the program</source>
   <translation>移除程序</translation>
  </message>
  <message>
   <source>Space</source>
   <translation>空格</translation>
  </message>
  <message>
   <source>Type the keys</source>
   <translation>逐键输入</translation>
  </message>
  <message>
   <source>Way</source>
   <translation>方式</translation>
  </message>
  <message>
   <source>`dictation doctor --insertion` tells the name of the program in front.</source>
   <translation>`dictation doctor --insertion` 会显示最前面程序的名称。</translation>
  </message>
 </context>
 <context>
  <name>microphone</name>
  <message>
   <source>Calibrate</source>
   <translation>校准</translation>
  </message>
  <message>
   <source>Five seconds of silence show how loud your room is and which gate suits it.</source>
   <translation>安静五秒钟，就能知道环境有多吵、门限该设多少。</translation>
  </message>
  <message>
   <source>Measure the room</source>
   <translation>测量环境</translation>
  </message>
  <message>
   <source>Please be silent…</source>
   <translation>请保持安静…</translation>
  </message>
  <message>
   <source>Recording</source>
   <translation>录音</translation>
  </message>
  <message>
   <source>Speak as you will later; what was recorded is deleted when you leave this page.</source>
   <translation>请像平时那样说话；离开本页时录音会删除。</translation>
  </message>
  <message>
   <source>Test recording</source>
   <translation>测试录音</translation>
  </message>
  <message>
   <source>Use {value}</source>
   <translation>采用 {value}</translation>
  </message>
 </context>
 <context>
  <name>models</name>
  <message>
   <source>A folder with a Whisper model for CTranslate2: model.bin, config.json, tokenizer.json.</source>
   <translation>装有 CTranslate2 格式 Whisper 模型的文件夹：model.bin、config.json、tokenizer.json。</translation>
  </message>
  <message>
   <source>A folder with a model</source>
   <translation>模型文件夹</translation>
  </message>
  <message>
   <source>A model of your own</source>
   <translation>自己的模型</translation>
  </message>
  <message>
   <source>Chinese</source>
   <translation>中文</translation>
  </message>
  <message>
   <source>Chinese, English, more</source>
   <translation>中文、英文及其他</translation>
  </message>
  <message>
   <source>Choose a folder…</source>
   <translation>选择文件夹…</translation>
  </message>
  <message>
   <source>Download</source>
   <translation>下载</translation>
  </message>
  <message>
   <source>English</source>
   <translation>英文</translation>
  </message>
  <message>
   <source>Getting…</source>
   <translation>下载中…</translation>
  </message>
  <message>
   <source>Go on</source>
   <translation>继续</translation>
  </message>
  <message>
   <source>In use</source>
   <translation>使用中</translation>
  </message>
  <message>
   <source>Models</source>
   <translation>模型</translation>
  </message>
  <message>
   <source>No model is here yet. Pick one to download.</source>
   <translation>还没有模型，请选一个下载。</translation>
  </message>
  <message>
   <source>Only the self-test model is here; it understands a small vocabulary in synthetic voices. Pick one to download.</source>
   <translation>现在只有自检模型，它只懂合成语音里的少量词汇。请选一个下载。</translation>
  </message>
  <message>
   <source>Use</source>
   <translation>使用</translation>
  </message>
  <message>
   <source>built in</source>
   <translation>内置</translation>
  </message>
  <message>
   <source>usual wait here {seconds} s</source>
   <translation>本机通常等待 {seconds} 秒</translation>
  </message>
  <message>
   <source>{count} bytes</source>
   <translation>{count} 字节</translation>
  </message>
  <message>
   <source>{label} · recommended</source>
   <translation>{label} · 推荐</translation>
  </message>
 </context>
 <context>
  <name>overlay</name>
  <message>
   <source>Command</source>
   <translation>命令</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>复制</translation>
  </message>
  <message>
   <source>Dictation</source>
   <translation>听写</translation>
  </message>
  <message>
   <source>Download</source>
   <translation>下载</translation>
  </message>
  <message>
   <source>Insert</source>
   <translation>插入</translation>
  </message>
  <message>
   <source>Kept, not typed. {key} again deletes it.</source>
   <translation>已留着，没有输入。再按 {key} 就删除。</translation>
  </message>
  <message>
   <source>Learned: from now on it is written so</source>
   <translation>已学会：以后就这样写</translation>
  </message>
  <message>
   <source>Listening</source>
   <translation>正在听</translation>
  </message>
  <message>
   <source>Models</source>
   <translation>模型</translation>
  </message>
  <message>
   <source>No command is known for: {words}</source>
   <translation>不知道这句话对应什么命令：{words}</translation>
  </message>
  <message>
   <source>No sound comes in: is the microphone muted?</source>
   <translation>没有声音进来：麦克风是否静音？</translation>
  </message>
  <message>
   <source>Noted: it is learned the next time</source>
   <translation>已记下：再改一次就会学会</translation>
  </message>
  <message>
   <source>Nothing heard</source>
   <translation>没听到声音</translation>
  </message>
  <message>
   <source>Nothing heard: no voice</source>
   <translation>没听到人声</translation>
  </message>
  <message>
   <source>Nothing heard: too short</source>
   <translation>没听到声音：时间太短</translation>
  </message>
  <message>
   <source>Nothing typed: {reason}</source>
   <translation>没有输入：{reason}</translation>
  </message>
  <message>
   <source>Say what you want done</source>
   <translation>说出你想做的事</translation>
  </message>
  <message>
   <source>Set up AI</source>
   <translation>设置 AI</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>设置</translation>
  </message>
  <message>
   <source>The text is kept.</source>
   <translation>文字已保留。</translation>
  </message>
  <message>
   <source>Thinking…</source>
   <translation>正在识别…</translation>
  </message>
  <message>
   <source>Transcribe anyway</source>
   <translation>照样转写</translation>
  </message>
  <message>
   <source>Try “show the last ten commits”, “find files larger than 10 MB” or “git push”.</source>
   <translation>可以说“显示最近十次提交”“找大于 10 MB 的文件”或“git push”。</translation>
  </message>
  <message>
   <source>Unlearned: it stays as it is heard</source>
   <translation>已忘掉：以后按听到的写</translation>
  </message>
  <message>
   <source>What you said is kept and written out when there is one.</source>
   <translation>你说的话已保留，有了模型就写出来。</translation>
  </message>
  <message>
   <source>{key} downloads one.</source>
   <translation>按 {key} 下载一个。</translation>
  </message>
  <message>
   <source>{key} inserts it where the cursor is.</source>
   <translation>按 {key} 插入到光标处。</translation>
  </message>
  <message>
   <source>{key} transcribes it anyway</source>
   <translation>按 {key} 照样转写</translation>
  </message>
 </context>
 <context>
  <name>pages</name>
  <message>
   <source>AI</source>
   <translation>AI</translation>
  </message>
  <message>
   <source>API key, endpoint, test, language model, provider</source>
   <translation>API 密钥、接口、测试、语言模型、服务商</translation>
  </message>
  <message>
   <source>About</source>
   <translation>关于</translation>
  </message>
  <message>
   <source>Commands</source>
   <translation>命令</translation>
  </message>
  <message>
   <source>General</source>
   <translation>通用</translation>
  </message>
  <message>
   <source>Glossary, term, add, import, export, try a sentence</source>
   <translation>术语表、词条、添加、导入、导出、试一句</translation>
  </message>
  <message>
   <source>History</source>
   <translation>历史</translation>
  </message>
  <message>
   <source>Hotkeys</source>
   <translation>热键</translation>
  </message>
  <message>
   <source>Microphone</source>
   <translation>麦克风</translation>
  </message>
  <message>
   <source>Privacy</source>
   <translation>隐私</translation>
  </message>
  <message>
   <source>Recognition</source>
   <translation>识别</translation>
  </message>
  <message>
   <source>Search, copy, insert again, delete, export, what was heard</source>
   <translation>搜索、复制、再次放入、删除、导出、听到的内容</translation>
  </message>
  <message>
   <source>Shortcut, key combination, mouse button</source>
   <translation>快捷键、组合键、鼠标键</translation>
  </message>
  <message>
   <source>Snippets, shell widget, bash, zsh, fish, terminal</source>
   <translation>片段、Shell 快捷键、bash、zsh、fish、终端</translation>
  </message>
  <message>
   <source>Start with the desktop, autostart</source>
   <translation>登录时启动、开机启动、自启动</translation>
  </message>
  <message>
   <source>Test recording, calibrate, level, noise</source>
   <translation>测试录音、校准、音量、噪声</translation>
  </message>
  <message>
   <source>Version, doctor, diagnostics, log</source>
   <translation>版本、检查、诊断、日志</translation>
  </message>
  <message>
   <source>What is stored, where, for how long, delete</source>
   <translation>保存了什么、在哪里、多久、删除</translation>
  </message>
  <message>
   <source>Whisper, download, size, speed, GPU, server</source>
   <translation>Whisper、下载、大小、速度、显卡、服务器</translation>
  </message>
  <message>
   <source>Words</source>
   <translation>词语</translation>
  </message>
 </context>
 <context>
  <name>panel</name>
  <message>
   <source>Changes things</source>
   <translation>会改动文件</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>复制</translation>
  </message>
  <message>
   <source>Dangerous</source>
   <translation>危险</translation>
  </message>
  <message>
   <source>Dangerous. Press Y to put it in all the same; nothing runs until you press Enter there.</source>
   <translation>危险。按 Y 仍然放入；在那里按回车之前什么都不会运行。</translation>
  </message>
  <message>
   <source>Discard</source>
   <translation>放弃</translation>
  </message>
  <message>
   <source>Explain</source>
   <translation>说明</translation>
  </message>
  <message>
   <source>For {shell}, {origin}.</source>
   <translation>用于 {shell}，{origin}。</translation>
  </message>
  <message>
   <source>Heard: {words}</source>
   <translation>听到：{words}</translation>
  </message>
  <message>
   <source>Hold the command key and answer, or say it in other words.</source>
   <translation>按住命令键回答，或换个说法。</translation>
  </message>
  <message>
   <source>Insert</source>
   <translation>填到终端</translation>
  </message>
  <message>
   <source>It is put at the prompt and never run: that takes your own Enter.</source>
   <translation>只会放到提示符后，绝不运行：要运行得你自己按回车。</translation>
  </message>
  <message>
   <source>It must not be put at a prompt as it stands. It can be copied.</source>
   <translation>它不能原样放到提示符后，但可以复制。</translation>
  </message>
  <message>
   <source>Safe</source>
   <translation>安全</translation>
  </message>
  <message>
   <source>To change it, hold the command key again and say what should be different.</source>
   <translation>要修改，请再次按住命令键，说出哪里要改。</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>重新生成</translation>
  </message>
  <message>
   <source>Yes, insert it</source>
   <translation>是，填到终端</translation>
  </message>
  <message>
   <source>as you said it</source>
   <translation>按你所说</translation>
  </message>
  <message>
   <source>from a built-in phrase</source>
   <translation>来自内置短语</translation>
  </message>
  <message>
   <source>from the language model</source>
   <translation>来自语言模型</translation>
  </message>
  <message>
   <source>from your snippets</source>
   <translation>来自你的片段</translation>
  </message>
 </context>
 <context>
  <name>phrases</name>
  <message>
   <source>Command: {command}</source>
   <translation>命令：{command}</translation>
  </message>
  <message>
   <source>Failed: {what}</source>
   <translation>失败：{what}</translation>
  </message>
  <message>
   <source>Kept, not typed: {why}</source>
   <translation>已保留，未输入：{why}</translation>
  </message>
  <message>
   <source>Last text: {text}</source>
   <translation>上次的文字：{text}</translation>
  </message>
  <message>
   <source>Listening</source>
   <translation>正在听</translation>
  </message>
  <message>
   <source>Listening for a command</source>
   <translation>正在听命令</translation>
  </message>
  <message>
   <source>Loading the model</source>
   <translation>正在加载模型</translation>
  </message>
  <message>
   <source>Not working</source>
   <translation>无法工作</translation>
  </message>
  <message>
   <source>Nothing typed: {reason}</source>
   <translation>没有输入：{reason}</translation>
  </message>
  <message>
   <source>Ready</source>
   <translation>就绪</translation>
  </message>
  <message>
   <source>Thinking</source>
   <translation>正在识别</translation>
  </message>
  <message>
   <source>Thrown away, as you asked</source>
   <translation>已按你的要求丢弃</translation>
  </message>
  <message>
   <source>microphone silent: muted, or the wrong one?</source>
   <translation>麦克风没有声音：静音了，还是选错了？</translation>
  </message>
  <message>
   <source>more words than can be said in that time</source>
   <translation>字数多到这段时间说不完</translation>
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
   <source>the same words over and over</source>
   <translation>同样的词一再重复</translation>
  </message>
  <message>
   <source>too short to be speech</source>
   <translation>太短，不像说话</translation>
  </message>
 </context>
 <context>
  <name>pick</name>
  <message>
   <source>Browse…</source>
   <translation>浏览…</translation>
  </message>
  <message>
   <source>Choose a folder</source>
   <translation>选择文件夹</translation>
  </message>
  <message>
   <source>The best one here</source>
   <translation>已有的最好的</translation>
  </message>
  <message>
   <source>The system's default</source>
   <translation>系统默认</translation>
  </message>
  <message>
   <source>The usual place</source>
   <translation>默认位置</translation>
  </message>
  <message>
   <source>{name} (not there)</source>
   <translation>{name}（不在）</translation>
  </message>
 </context>
 <context>
  <name>privacy</name>
  <message>
   <source>Anything else</source>
   <translation>其他</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>删除</translation>
  </message>
  <message>
   <source>Delete the history</source>
   <translation>删除历史</translation>
  </message>
  <message>
   <source>For {days} days</source>
   <translation>保留 {days} 天</translation>
  </message>
  <message>
   <source>History</source>
   <translation>历史</translation>
  </message>
  <message>
   <source>Log</source>
   <translation>日志</translation>
  </message>
  <message>
   <source>Models</source>
   <translation>模型</translation>
  </message>
  <message>
   <source>Nothing new is kept</source>
   <translation>不再保留新的内容</translation>
  </message>
  <message>
   <source>Nothing: there are no statistics and no reports. Models are downloaded when you ask.</source>
   <translation>没有：不做统计，也不上报。只在你要求时下载模型。</translation>
  </message>
  <message>
   <source>Recordings of the history</source>
   <translation>历史录音</translation>
  </message>
  <message>
   <source>Recordings on their way</source>
   <translation>处理中的录音</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>设置</translation>
  </message>
  <message>
   <source>Stay here: no provider of a language model is chosen.</source>
   <translation>留在本机：没有选择语言模型服务商。</translation>
  </message>
  <message>
   <source>Stays here: speech is recognised on this machine.</source>
   <translation>留在本机：语音在这台电脑上识别。</translation>
  </message>
  <message>
   <source>Switched off</source>
   <translation>已关闭</translation>
  </message>
  <message>
   <source>Texts that a language model is asked about are sent to {place}.</source>
   <translation>需要询问语言模型的文字会发到 {place}。</translation>
  </message>
  <message>
   <source>Until their text has arrived</source>
   <translation>直到文字到位</translation>
  </message>
  <message>
   <source>Until you delete it</source>
   <translation>直到你删除</translation>
  </message>
  <message>
   <source>What is kept on this machine</source>
   <translation>这台电脑上保留了什么</translation>
  </message>
  <message>
   <source>What leaves this machine</source>
   <translation>什么会离开这台电脑</translation>
  </message>
  <message>
   <source>What went wrong; never what was said</source>
   <translation>出过什么问题；从不记录说了什么</translation>
  </message>
  <message>
   <source>Your own commands</source>
   <translation>自己的命令</translation>
  </message>
  <message>
   <source>Your terms</source>
   <translation>你的术语</translation>
  </message>
  <message>
   <source>Your texts</source>
   <translation>你的文字</translation>
  </message>
  <message>
   <source>Your voice</source>
   <translation>你的声音</translation>
  </message>
  <message>
   <source>Your voice is sent to {place} to be recognised.</source>
   <translation>你的声音会发到 {place} 识别。</translation>
  </message>
 </context>
 <context>
  <name>progress</name>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Download progress</source>
   <translation>下载进度</translation>
  </message>
  <message>
   <source>Getting {label}…</source>
   <translation>正在下载 {label}…</translation>
  </message>
  <message>
   <source>Go on</source>
   <translation>继续</translation>
  </message>
  <message>
   <source>Pause</source>
   <translation>暂停</translation>
  </message>
  <message>
   <source>{label}: paused at {done} of {total}</source>
   <translation>{label}：已暂停，{done}，共 {total}</translation>
  </message>
  <message>
   <source>{label}: {done} of {total}</source>
   <translation>{label}：{done}，共 {total}</translation>
  </message>
 </context>
 <context>
  <name>rules</name>
  <message>
   <source>Capitals</source>
   <translation>大小写</translation>
  </message>
  <message>
   <source>Chinese script</source>
   <translation>简繁</translation>
  </message>
  <message>
   <source>Filler left out</source>
   <translation>去掉口头语</translation>
  </message>
  <message>
   <source>Language model</source>
   <translation>语言模型</translation>
  </message>
  <message>
   <source>Number</source>
   <translation>数字</translation>
  </message>
  <message>
   <source>Path or code</source>
   <translation>路径或代码</translation>
  </message>
  <message>
   <source>Punctuation</source>
   <translation>标点</translation>
  </message>
  <message>
   <source>Spacing</source>
   <translation>空格</translation>
  </message>
  <message>
   <source>Spelt letters</source>
   <translation>字母拼读</translation>
  </message>
  <message>
   <source>Spoken key</source>
   <translation>口述按键</translation>
  </message>
  <message>
   <source>Symbol</source>
   <translation>符号</translation>
  </message>
  <message>
   <source>Term</source>
   <translation>术语</translation>
  </message>
  <message>
   <source>Term in pieces</source>
   <translation>拆散的术语</translation>
  </message>
 </context>
 <context>
  <name>settings</name>
  <message>
   <source>0: chosen for this machine.</source>
   <translation>0：按本机情况选择。</translation>
  </message>
  <message>
   <source>A name from `dictation models list`, or a folder. auto: the best one installed.</source>
   <translation>`dictation models list` 中的名称，或一个文件夹。auto：已安装的最好的一个。</translation>
  </message>
  <message>
   <source>A press shorter than this toggles, in milliseconds.</source>
   <translation>短于此时长的按键算切换，单位毫秒。</translation>
  </message>
  <message>
   <source>A recording is ended and used after so many minutes.</source>
   <translation>录音到这么多分钟时自动结束并识别。</translation>
  </message>
  <message>
   <source>A remote server</source>
   <translation>远程服务器</translation>
  </message>
  <message>
   <source>A short, soft sound when listening begins and ends.</source>
   <translation>开始和结束听写时各有一声轻短的提示音。</translation>
  </message>
  <message>
   <source>AI</source>
   <translation>AI</translation>
  </message>
  <message>
   <source>Address</source>
   <translation>地址</translation>
  </message>
  <message>
   <source>After release</source>
   <translation>松开之后</translation>
  </message>
  <message>
   <source>After so many seconds the text goes in without it.</source>
   <translation>超过这么多秒就不再等待，直接插入文字。</translation>
  </message>
  <message>
   <source>Also at pauses</source>
   <translation>停顿时也放入</translation>
  </message>
  <message>
   <source>Also keeps the sound, to hear it or transcribe it again.</source>
   <translation>同时保存声音，以便回放或重新识别。</translation>
  </message>
  <message>
   <source>Also records the moment before the key; the system shows the microphone in use.</source>
   <translation>按键前的一瞬间也会录到；系统会显示麦克风正在使用。</translation>
  </message>
  <message>
   <source>Always</source>
   <translation>总是</translation>
  </message>
  <message>
   <source>Always 30 s</source>
   <translation>总是 30 秒</translation>
  </message>
  <message>
   <source>Another address that serves the same models; empty: the usual one.</source>
   <translation>提供相同模型的其他地址；留空：默认地址。</translation>
  </message>
  <message>
   <source>Another server</source>
   <translation>其他服务器</translation>
  </message>
  <message>
   <source>As heard</source>
   <translation>换成原话</translation>
  </message>
  <message>
   <source>As long as the speech</source>
   <translation>与语音等长</translation>
  </message>
  <message>
   <source>As the desktop</source>
   <translation>跟随桌面</translation>
  </message>
  <message>
   <source>Ask a language model</source>
   <translation>询问语言模型</translation>
  </message>
  <message>
   <source>At the bottom</source>
   <translation>屏幕下方</translation>
  </message>
  <message>
   <source>At the top</source>
   <translation>屏幕上方</translation>
  </message>
  <message>
   <source>Automatic</source>
   <translation>自动</translation>
  </message>
  <message>
   <source>Base address of a server with /audio/transcriptions, such as http://gpu:8000/v1.</source>
   <translation>提供 /audio/transcriptions 的服务器地址，例如 http://gpu:8000/v1。</translation>
  </message>
  <message>
   <source>Base address of an OpenAI-compatible server; empty: the provider's.</source>
   <translation>兼容 OpenAI 的服务器地址；留空：服务商的默认地址。</translation>
  </message>
  <message>
   <source>Before the key</source>
   <translation>按键之前</translation>
  </message>
  <message>
   <source>Between pauses</source>
   <translation>停顿之间</translation>
  </message>
  <message>
   <source>Bring the window back</source>
   <translation>切回原窗口</translation>
  </message>
  <message>
   <source>CPU</source>
   <translation>CPU</translation>
  </message>
  <message>
   <source>Cancel key</source>
   <translation>取消键</translation>
  </message>
  <message>
   <source>Chinese</source>
   <translation>中文</translation>
  </message>
  <message>
   <source>Chinese and English</source>
   <translation>中文和英文</translation>
  </message>
  <message>
   <source>Chinese script</source>
   <translation>简繁</translation>
  </message>
  <message>
   <source>Command key</source>
   <translation>命令键</translation>
  </message>
  <message>
   <source>Commands</source>
   <translation>命令</translation>
  </message>
  <message>
   <source>Compute on</source>
   <translation>计算设备</translation>
  </message>
  <message>
   <source>DeepSeek</source>
   <translation>DeepSeek</translation>
  </message>
  <message>
   <source>Device</source>
   <translation>设备</translation>
  </message>
  <message>
   <source>Dictation key</source>
   <translation>听写键</translation>
  </message>
  <message>
   <source>Does not listen for the other keys until it is pressed again.</source>
   <translation>不再监听其他按键，再按一次恢复。</translation>
  </message>
  <message>
   <source>Download from</source>
   <translation>下载地址</translation>
  </message>
  <message>
   <source>Engine</source>
   <translation>引擎</translation>
  </message>
  <message>
   <source>English</source>
   <translation>英文</translation>
  </message>
  <message>
   <source>Folder</source>
   <translation>文件夹</translation>
  </message>
  <message>
   <source>For commands; empty: the same as for text.</source>
   <translation>用于命令；留空：与文字相同。</translation>
  </message>
  <message>
   <source>For days</source>
   <translation>保存天数</translation>
  </message>
  <message>
   <source>For the model's answer, in seconds.</source>
   <translation>等待模型回答的时间，单位秒。</translation>
  </message>
  <message>
   <source>Frees the model's memory after so many minutes; 0: never.</source>
   <translation>空闲这么多分钟后释放模型内存；0：从不。</translation>
  </message>
  <message>
   <source>Full width（，。）</source>
   <translation>全角（，。）</translation>
  </message>
  <message>
   <source>GPU (CUDA)</source>
   <translation>GPU（CUDA）</translation>
  </message>
  <message>
   <source>Half width (,.)</source>
   <translation>半角（,.）</translation>
  </message>
  <message>
   <source>History</source>
   <translation>历史</translation>
  </message>
  <message>
   <source>Hold to say what you want done: a shell command appears, never run.</source>
   <translation>按住说出想做的事：出现一条 shell 命令，绝不自动运行。</translation>
  </message>
  <message>
   <source>Hold to speak</source>
   <translation>按住说话</translation>
  </message>
  <message>
   <source>Hold to speak. auto: the key that collides least on this platform.</source>
   <translation>按住说话。auto：本平台上最不容易冲突的键。</translation>
  </message>
  <message>
   <source>Hold, or tap to start and stop</source>
   <translation>按住说话，轻点开始和结束</translation>
  </message>
  <message>
   <source>Hotkeys</source>
   <translation>热键</translation>
  </message>
  <message>
   <source>How you are heard</source>
   <translation>听写</translation>
  </message>
  <message>
   <source>Input channel</source>
   <translation>输入通道</translation>
  </message>
  <message>
   <source>Insert the last text</source>
   <translation>插入上一段文字</translation>
  </message>
  <message>
   <source>Inserting text</source>
   <translation>插入文字</translation>
  </message>
  <message>
   <source>Interface language</source>
   <translation>界面语言</translation>
  </message>
  <message>
   <source>Keep recordings</source>
   <translation>保存录音</translation>
  </message>
  <message>
   <source>Keep texts</source>
   <translation>保存文字</translation>
  </message>
  <message>
   <source>Keep the microphone open</source>
   <translation>麦克风常开</translation>
  </message>
  <message>
   <source>Key behaviour</source>
   <translation>按键方式</translation>
  </message>
  <message>
   <source>Knows the names of files and code in the project in front.</source>
   <translation>认得当前项目里的文件名和代码名称。</translation>
  </message>
  <message>
   <source>LM Studio (here)</source>
   <translation>LM Studio（本机）</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>语言</translation>
  </message>
  <message>
   <source>Language rules</source>
   <translation>语言规则</translation>
  </message>
  <message>
   <source>Learns from the corrected words that are selected.</source>
   <translation>从选中的改正过的文字里学习。</translation>
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
   <source>Lets the model see names of files and branches here.</source>
   <translation>让模型看到这里的文件名和分支名。</translation>
  </message>
  <message>
   <source>Lets whispers through; more noises get as far as the recogniser.</source>
   <translation>放行耳语；也会有更多噪声进入识别。</translation>
  </message>
  <message>
   <source>Longest recording</source>
   <translation>最长录音</translation>
  </message>
  <message>
   <source>Longest wait</source>
   <translation>最长等待</translation>
  </message>
  <message>
   <source>Longest wait for the server, in seconds.</source>
   <translation>等待服务器的最长时间，单位秒。</translation>
  </message>
  <message>
   <source>Look and sound</source>
   <translation>外观与声音</translation>
  </message>
  <message>
   <source>Mend with a language model</source>
   <translation>用语言模型润色</translation>
  </message>
  <message>
   <source>Mends technical terms, spoken code, numbers and spacing; off: as heard.</source>
   <translation>修正术语、口述代码、数字和空格；关闭：原样输出。</translation>
  </message>
  <message>
   <source>Method</source>
   <translation>方式</translation>
  </message>
  <message>
   <source>Microphone</source>
   <translation>麦克风</translation>
  </message>
  <message>
   <source>Model</source>
   <translation>模型</translation>
  </message>
  <message>
   <source>Model downloads</source>
   <translation>模型下载</translation>
  </message>
  <message>
   <source>Moonshot Kimi (commands only)</source>
   <translation>Moonshot Kimi（只适合命令）</translation>
  </message>
  <message>
   <source>Motion</source>
   <translation>动效</translation>
  </message>
  <message>
   <source>Name or part of it, as in `dictation devices`; empty: the system's default.</source>
   <translation>名称或其中一部分，见 `dictation devices`；留空：系统默认设备。</translation>
  </message>
  <message>
   <source>Never</source>
   <translation>从不</translation>
  </message>
  <message>
   <source>Next to Chinese: full width, half width, or keep what was heard.</source>
   <translation>中文旁的标点用全角、半角，还是照听到的。</translation>
  </message>
  <message>
   <source>Noise sensitivity</source>
   <translation>防误触发</translation>
  </message>
  <message>
   <source>None</source>
   <translation>无</translation>
  </message>
  <message>
   <source>Nowhere</source>
   <translation>不显示</translation>
  </message>
  <message>
   <source>Numbers</source>
   <translation>数字</translation>
  </message>
  <message>
   <source>Off</source>
   <translation>关</translation>
  </message>
  <message>
   <source>Older texts are deleted; 0: never.</source>
   <translation>更早的文字会被删除；0：从不删除。</translation>
  </message>
  <message>
   <source>Ollama (here)</source>
   <translation>Ollama（本机）</translation>
  </message>
  <message>
   <source>On</source>
   <translation>开</translation>
  </message>
  <message>
   <source>On this machine</source>
   <translation>本机</translation>
  </message>
  <message>
   <source>OpenAI</source>
   <translation>OpenAI</translation>
  </message>
  <message>
   <source>OpenRouter</source>
   <translation>OpenRouter</translation>
  </message>
  <message>
   <source>Opens what was said.</source>
   <translation>打开说过的内容。</translation>
  </message>
  <message>
   <source>Overlay</source>
   <translation>浮窗</translation>
  </message>
  <message>
   <source>Paste</source>
   <translation>粘贴</translation>
  </message>
  <message>
   <source>Patience</source>
   <translation>最长等待</translation>
  </message>
  <message>
   <source>Pause</source>
   <translation>暂停</translation>
  </message>
  <message>
   <source>Precision</source>
   <translation>精度</translation>
  </message>
  <message>
   <source>Programs that differ</source>
   <translation>个别程序</translation>
  </message>
  <message>
   <source>Project names</source>
   <translation>项目名称</translation>
  </message>
  <message>
   <source>Provider</source>
   <translation>服务商</translation>
  </message>
  <message>
   <source>Punctuation</source>
   <translation>标点</translation>
  </message>
  <message>
   <source>Punctuation said aloud</source>
   <translation>说出来的标点</translation>
  </message>
  <message>
   <source>Put text in</source>
   <translation>插入时机</translation>
  </message>
  <message>
   <source>Puts a space between Chinese and Latin words.</source>
   <translation>在中文和西文之间加空格。</translation>
  </message>
  <message>
   <source>Puts the last text in again, or does what the pill offers. auto: Ctrl+Alt+V, only while it offers something.</source>
   <translation>再次插入上一段文字，或做浮窗提示的事。auto：Ctrl+Alt+V，只在浮窗有提示时有效。</translation>
  </message>
  <message>
   <source>Qwen (DashScope)</source>
   <translation>通义千问（DashScope）</translation>
  </message>
  <message>
   <source>Qwen (international)</source>
   <translation>通义千问（国际站）</translation>
  </message>
  <message>
   <source>Recognition</source>
   <translation>识别</translation>
  </message>
  <message>
   <source>Recording goes on for so many ms at most.</source>
   <translation>最多再录音这么多毫秒。</translation>
  </message>
  <message>
   <source>Remote recogniser (OpenAI-compatible)</source>
   <translation>远程识别（兼容 OpenAI）</translation>
  </message>
  <message>
   <source>Send names</source>
   <translation>发送名称</translation>
  </message>
  <message>
   <source>SiliconFlow</source>
   <translation>硅基流动</translation>
  </message>
  <message>
   <source>Simplified</source>
   <translation>简体</translation>
  </message>
  <message>
   <source>Sounds</source>
   <translation>声音</translation>
  </message>
  <message>
   <source>Space between texts</source>
   <translation>两段话之间的空格</translation>
  </message>
  <message>
   <source>Spacing</source>
   <translation>空格</translation>
  </message>
  <message>
   <source>Speech probability that counts as speech; higher is stricter.</source>
   <translation>语音概率达到多少才算有人说话；越高越严格。</translation>
  </message>
  <message>
   <source>Speed-up for short speech (may lose words)</source>
   <translation>短句加速（可能漏字）</translation>
  </message>
  <message>
   <source>Spoken code</source>
   <translation>口述代码</translation>
  </message>
  <message>
   <source>Such as `emacs=ctrl+v, code=type language:en llm:off, slack=spacing:never`; also paste and never.</source>
   <translation>例如 `emacs=ctrl+v, code=type language:en llm:off, slack=spacing:never`；还可用 paste 和 never。</translation>
  </message>
  <message>
   <source>Swaps the last text for what was heard, and back.</source>
   <translation>把上一段文字换成听到的原话，再按换回来。</translation>
  </message>
  <message>
   <source>Takes the last text back.</source>
   <translation>收回上一段文字。</translation>
  </message>
  <message>
   <source>Tap</source>
   <translation>短按</translation>
  </message>
  <message>
   <source>Tap to start and stop</source>
   <translation>轻点开始和结束</translation>
  </message>
  <message>
   <source>Teach</source>
   <translation>学习</translation>
  </message>
  <message>
   <source>The input of an interface with several that the microphone is on; 0: whichever carries sound.</source>
   <translation>声卡有多个输入时，麦克风接在第几个；0：使用有声音的那个。</translation>
  </message>
  <message>
   <source>The model's name on that server.</source>
   <translation>该服务器上的模型名称。</translation>
  </message>
  <message>
   <source>The model's name there; empty: the provider's usual one. Below 4B parameters it mends nothing.</source>
   <translation>那边的模型名；留空则用服务商常用的那个。参数少于 4B 的模型改不出东西。</translation>
  </message>
  <message>
   <source>Threads</source>
   <translation>线程数</translation>
  </message>
  <message>
   <source>Throws the running recording away; right after it, the text is kept and not typed.</source>
   <translation>放弃正在进行的录音；刚录完时按它，文字会留着但不输入。</translation>
  </message>
  <message>
   <source>Turns spoken paths, symbols and letters into written ones.</source>
   <translation>把口述的路径、符号和字母写成代码形式。</translation>
  </message>
  <message>
   <source>Type</source>
   <translation>逐字输入</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>撤回</translation>
  </message>
  <message>
   <source>Unload when idle</source>
   <translation>空闲时卸载</translation>
  </message>
  <message>
   <source>Volcengine Ark</source>
   <translation>火山方舟</translation>
  </message>
  <message>
   <source>What is kept from before the key while warm, in ms.</source>
   <translation>麦克风常开时，保留按键之前多长的声音，单位毫秒。</translation>
  </message>
  <message>
   <source>What was said stays on this machine, readable by you alone.</source>
   <translation>说过的内容留在本机，只有你能读取。</translation>
  </message>
  <message>
   <source>When in doubt</source>
   <translation>拿不准时</translation>
  </message>
  <message>
   <source>When you have finished</source>
   <translation>说完之后</translation>
  </message>
  <message>
   <source>Where models are kept; empty: the platform's place for data.</source>
   <translation>模型存放位置；留空：系统的数据目录。</translation>
  </message>
  <message>
   <source>Where no phrase or snippet fits and a provider is set.</source>
   <translation>没有合适的短语或片段、且已设置服务商时。</translation>
  </message>
  <message>
   <source>Where the pill appears that shows you are heard.</source>
   <translation>显示“正在听”的小浮窗出现的位置。</translation>
  </message>
  <message>
   <source>Whisper mode</source>
   <translation>小声说话也识别</translation>
  </message>
  <message>
   <source>Whose address is used. none: nothing is ever sent.</source>
   <translation>使用谁的地址。none：什么都不发送。</translation>
  </message>
  <message>
   <source>Words</source>
   <translation>词语</translation>
  </message>
  <message>
   <source>Writes digits where there is a reason, as in versions and ports.</source>
   <translation>该用数字时写数字，例如版本号和端口。</translation>
  </message>
  <message>
   <source>Z.ai (GLM)</source>
   <translation>Z.ai（GLM）</translation>
  </message>
  <message>
   <source>Zhipu GLM</source>
   <translation>智谱 GLM</translation>
  </message>
  <message>
   <source>auto chooses between zh and en for each utterance.</source>
   <translation>auto：每句话自动判断 zh 或 en。</translation>
  </message>
  <message>
   <source>auto pastes and gives the clipboard back.</source>
   <translation>auto：粘贴，然后恢复剪贴板。</translation>
  </message>
  <message>
   <source>auto takes a CUDA GPU if there is one.</source>
   <translation>auto：有 CUDA 显卡就用显卡。</translation>
  </message>
  <message>
   <source>auto: after your last text, where nothing was typed since. always: also where that is not known.</source>
   <translation>auto：接在上一段话后面、其间没按过键时加空格；always：不知道前面是什么时也加。</translation>
  </message>
  <message>
   <source>auto: int8 on the CPU, float16 on the GPU.</source>
   <translation>auto：CPU 用 int8，GPU 用 float16。</translation>
  </message>
  <message>
   <source>auto: short for short speech, checked against full (30 s) on your own speech.</source>
   <translation>auto：短句用短的，并用你自己的语音与完整长度（30 秒）核对。</translation>
  </message>
  <message>
   <source>auto: the desktop's language.</source>
   <translation>auto：跟随桌面语言。</translation>
  </message>
  <message>
   <source>automatic</source>
   <translation>自动</translation>
  </message>
  <message>
   <source>comma, period, 逗号, 句号 become marks; alone: only between two pauses.</source>
   <translation>comma、period、逗号、句号写成标点；alone：只在前后都有停顿时。</translation>
  </message>
  <message>
   <source>days</source>
   <translation>天</translation>
  </message>
  <message>
   <source>float16</source>
   <translation>float16</translation>
  </message>
  <message>
   <source>float32</source>
   <translation>float32</translation>
  </message>
  <message>
   <source>for ever</source>
   <translation>一直保留</translation>
  </message>
  <message>
   <source>hold: speak while down. toggle: press to start, press to stop. both: a tap toggles.</source>
   <translation>hold：按住时说话。toggle：按一下开始，再按一下结束。both：短按切换，长按说话。</translation>
  </message>
  <message>
   <source>int8</source>
   <translation>int8</translation>
  </message>
  <message>
   <source>int8 and float16</source>
   <translation>int8 和 float16</translation>
  </message>
  <message>
   <source>llama.cpp (here)</source>
   <translation>llama.cpp（本机）</translation>
  </message>
  <message>
   <source>local Whisper, or a remote server.</source>
   <translation>local：本机 Whisper；remote：远程服务器。</translation>
  </message>
  <message>
   <source>min</source>
   <translation>分钟</translation>
  </message>
  <message>
   <source>ms</source>
   <translation>毫秒</translation>
  </message>
  <message>
   <source>never</source>
   <translation>从不</translation>
  </message>
  <message>
   <source>off: the pill does not move with your voice.</source>
   <translation>关闭：浮窗不随声音变化。</translation>
  </message>
  <message>
   <source>off: the text waits when another window has the cursor.</source>
   <translation>关闭：光标已在别的窗口时，文字留着等你处理。</translation>
  </message>
  <message>
   <source>off; doubtful: only where the rules are unsure; always.</source>
   <translation>off：关闭；doubtful：只在规则拿不准时；always：总是。</translation>
  </message>
  <message>
   <source>release: all of it at the end. pause: also at pauses. With Ctrl, Alt or Shift held, it waits for the end.</source>
   <translation>release：结束时一次插入。pause：停顿时也插入。按住 Ctrl、Alt 或 Shift 时，等到结束再插入。</translation>
  </message>
  <message>
   <source>s</source>
   <translation>秒</translation>
  </message>
  <message>
   <source>simplified turns traditional characters into simplified ones.</source>
   <translation>simplified：把繁体字转换成简体字。</translation>
  </message>
  <message>
   <source>中文</source>
   <translation>中文</translation>
  </message>
 </context>
 <context>
  <name>sure</name>
  <message>
   <source>Really delete?</source>
   <translation>确定删除？</translation>
  </message>
 </context>
 <context>
  <name>trial</name>
  <message>
   <source>Request</source>
   <translation>请求</translation>
  </message>
  <message>
   <source>What do you want done?</source>
   <translation>想做什么？</translation>
  </message>
  <message>
   <source>find all python files changed today</source>
   <translation>找出今天改过的 python 文件</translation>
  </message>
  <message>
   <source>force push to origin main</source>
   <translation>强制推送到 main</translation>
  </message>
 </context>
 <context>
  <name>words</name>
  <message>
   <source>Add</source>
   <translation>添加</translation>
  </message>
  <message>
   <source>Also heard as</source>
   <translation>也会听成</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>删除</translation>
  </message>
  <message>
   <source>Export terms</source>
   <translation>导出术语</translation>
  </message>
  <message>
   <source>Export…</source>
   <translation>导出…</translation>
  </message>
  <message>
   <source>Import terms</source>
   <translation>导入术语</translation>
  </message>
  <message>
   <source>Import…</source>
   <translation>导入…</translation>
  </message>
  <message>
   <source>Lists of words (*.tsv *.csv *.json)</source>
   <translation>词表 (*.tsv *.csv *.json)</translation>
  </message>
  <message>
   <source>Lists of words (*.tsv *.txt *.csv *.json *.xml)</source>
   <translation>词表 (*.tsv *.txt *.csv *.json *.xml)</translation>
  </message>
  <message>
   <source>Names and jargon as they are written. A term alone is enough; more ways to hear it help.</source>
   <translation>名称和行话的写法。只写术语就够了；多写几种听法更准。</translation>
  </message>
  <message>
   <source>Nothing is changed.</source>
   <translation>没有改动。</translation>
  </message>
  <message>
   <source>Rules</source>
   <translation>规则</translation>
  </message>
  <message>
   <source>Said often</source>
   <translation>常说的词</translation>
  </message>
  <message>
   <source>Search terms</source>
   <translation>搜索术语</translation>
  </message>
  <message>
   <source>Term</source>
   <translation>术语</translation>
  </message>
  <message>
   <source>Try a sentence</source>
   <translation>试一句话</translation>
  </message>
  <message>
   <source>What becomes of it</source>
   <translation>结果</translation>
  </message>
  <message>
   <source>Words you say often that no list has. Choose one to make it a term.</source>
   <translation>你常说而哪份词表都没有的词。选一个，它就成为术语。</translation>
  </message>
  <message>
   <source>Write what was heard, and see what becomes of it.</source>
   <translation>写下听到的内容，看看会变成什么。</translation>
  </message>
  <message>
   <source>Your terms</source>
   <translation>你的术语</translation>
  </message>
  <message>
   <source>{count} terms are here now.</source>
   <translation>已导入 {count} 条术语。</translation>
  </message>
  <message>
   <source>{count} terms were written.</source>
   <translation>已导出 {count} 条术语。</translation>
  </message>
  <message>
   <source>{term} is known from now on.</source>
   <translation>{term} 已记住。</translation>
  </message>
  <message>
   <source>{word} ({count} times)</source>
   <translation>{word}（{count} 次）</translation>
  </message>
 </context>
</TS>
